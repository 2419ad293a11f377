select * from {{ ref('crm', 'orders') }}
