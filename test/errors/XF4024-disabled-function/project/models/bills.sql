select {{ function('with_tax') }}(3) as total
