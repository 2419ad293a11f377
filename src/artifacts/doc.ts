/** A documentation block. */
export interface DocNode {
  readonly name: string;
  readonly resource_type: 'doc';
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly unique_id: string;
  readonly block_contents: string;
}

/** A documentation block. */
export function docNode(given: Omit<DocNode, 'resource_type'>): DocNode {
  return {
    name: given.name,
    resource_type: 'doc',
    package_name: given.package_name,
    path: given.path,
    original_file_path: given.original_file_path,
    unique_id: given.unique_id,
    block_contents: given.block_contents,
  };
}
