select *
from read_xlsx('orders.xlsx')
