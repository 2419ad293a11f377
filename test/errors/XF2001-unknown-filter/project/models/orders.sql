select '{{ 'a' | uper }}' as id
