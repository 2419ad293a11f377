select
  {{ cent_to_dollars('amount') }} as amount
