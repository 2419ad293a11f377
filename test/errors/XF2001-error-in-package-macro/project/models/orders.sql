select '{{ toolbox.first_of([{'name': 'x'}]) }}' as name
