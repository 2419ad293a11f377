import { scene } from './scene.ts';

/** Styles that a picture has to bring along, since the page's style sheet does not go with it. */
const KEPT = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'letter-spacing',
] as const;

const MARGIN = 40;

/** The scene as an SVG file: as it is drawn, in the colours of the theme. */
export function svgPicture(canvas: SVGSVGElement): {
  readonly text: string;
  readonly width: number;
  readonly height: number;
} {
  const drawn = canvas.querySelector<SVGGElement>('.world')!;
  const copy = drawn.cloneNode(true) as SVGGElement;
  const pairs: [Element, Element][] = [[drawn, copy]];
  for (const [from, to] of pairs) {
    const style = getComputedStyle(from);
    const kept = KEPT.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
    // Where a card stands is said in its style on the page; here it is an attribute, which every program reads.
    const place = /translate\(([-\d.]+)px, ([-\d.]+)px\)/.exec(from.getAttribute('style') ?? '');
    to.setAttribute('style', kept);
    if (place) to.setAttribute('transform', `translate(${place[1]} ${place[2]})`);
    for (const name of ['class', 'tabindex', 'role']) to.removeAttribute(name);
    [...from.children].forEach((child, i) => {
      pairs.push([child, to.children[i]!]);
    });
  }
  copy.removeAttribute('transform');
  for (const control of [...copy.querySelectorAll('[data-control]')]) control.remove();
  const width = scene.peek().width + 2 * MARGIN;
  const height = scene.peek().height + 2 * MARGIN;
  const paper = getComputedStyle(canvas).backgroundColor;
  const inside = new XMLSerializer().serializeToString(copy);
  const box = `${-MARGIN} ${-MARGIN} ${width} ${height}`;
  return {
    text: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${width}" height="${height}"><rect x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}" fill="${paper}"/>${inside}</svg>`,
    width,
    height,
  };
}

/** The largest side of a picture of dots; browsers refuse much larger ones. */
const MOST_DOTS = 12_000;

/** The scene as a PNG file, in double resolution where it is not too large for that. */
export async function pngPicture(canvas: SVGSVGElement): Promise<Blob> {
  const { text, width, height } = svgPicture(canvas);
  const scale = Math.min(2, MOST_DOTS / Math.max(width, height));
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const paper = document.createElement('canvas');
  paper.width = Math.round(width * scale);
  paper.height = Math.round(height * scale);
  paper.getContext('2d')!.drawImage(image, 0, 0, paper.width, paper.height);
  return new Promise((resolve, reject) => {
    paper.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))), 'image/png');
  });
}

/** Hands a file to the reader. */
export function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
