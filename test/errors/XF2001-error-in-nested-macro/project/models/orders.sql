select
  {{ money('amount', 'EUR') }} as amount
