select {{ week('day') }} as week
