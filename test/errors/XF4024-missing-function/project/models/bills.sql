select {{ function('with_taxes') }}(3) as total
