select sum(amount) as amount
{{ from_model('orderz') }}
