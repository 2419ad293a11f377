select {{ shop.surogate_key('id') }} as key
