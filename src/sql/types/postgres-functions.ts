// Written by scripts/postgres-functions.mjs from PostgreSQL 18.4.

/** Each function and operator with all the ways to call it: `parameter;parameter>result`, parted by bars. */
export const FUNCTIONS = `
abbrev cidr>text|inet>text
abs bigint>bigint|double precision>double precision|integer>integer|numeric>numeric|real>real|smallint>smallint
aclcontains ?
acldefault ?
aclexplode ?
aclinsert ?
aclitemeq ?
aclremove ?
acos double precision>double precision
acosd double precision>double precision
acosh double precision>double precision
age timestamp with time zone>interval|timestamp with time zone;timestamp with time zone>interval|timestamp without time zone>interval|timestamp without time zone;timestamp without time zone>interval|?
amvalidate oid>boolean
any_value anyelement>anyelement
any_value_transfn anyelement;anyelement>anyelement
anyarray_send anyarray>bytea
anycompatiblearray_send anycompatiblearray>bytea
anytextcat anynonarray;text>text
area ?
array_agg anyarray>anyarray|anynonarray>anyarray
array_append anycompatiblearray;anycompatible>anycompatiblearray
array_cat anycompatiblearray;anycompatiblearray>anycompatiblearray
array_dims anyarray>text
array_eq anyarray;anyarray>boolean
array_fill anyelement;integer[]>anyarray|anyelement;integer[];integer[]>anyarray
array_ge anyarray;anyarray>boolean
array_gt anyarray;anyarray>boolean
array_larger anyarray;anyarray>anyarray
array_le anyarray;anyarray>boolean
array_length anyarray;integer>integer
array_lower anyarray;integer>integer
array_lt anyarray;anyarray>boolean
array_ndims anyarray>integer
array_ne anyarray;anyarray>boolean
array_position anycompatiblearray;anycompatible>integer|anycompatiblearray;anycompatible;integer>integer
array_positions anycompatiblearray;anycompatible>integer[]
array_prepend anycompatible;anycompatiblearray>anycompatiblearray
array_remove anycompatiblearray;anycompatible>anycompatiblearray
array_replace anycompatiblearray;anycompatible;anycompatible>anycompatiblearray
array_reverse anyarray>anyarray
array_sample anyarray;integer>anyarray
array_send anyarray>bytea
array_shuffle anyarray>anyarray
array_smaller anyarray;anyarray>anyarray
array_sort anyarray>anyarray|anyarray;boolean>anyarray|anyarray;boolean;boolean>anyarray
array_to_json anyarray>json|anyarray;boolean>json
array_to_string anyarray;text>text|anyarray;text;text>text
array_to_tsvector ?
array_upper anyarray;integer>integer
arraycontained anyarray;anyarray>boolean
arraycontains anyarray;anyarray>boolean
arrayoverlap anyarray;anyarray>boolean
ascii text>integer
asin double precision>double precision
asind double precision>double precision
asinh double precision>double precision
atan double precision>double precision
atan2 double precision;double precision>double precision
atan2d double precision;double precision>double precision
atand double precision>double precision
atanh double precision>double precision
avg bigint>numeric|double precision>double precision|integer>numeric|interval>interval|numeric>numeric|real>double precision|smallint>numeric
binary_upgrade_logical_slot_has_caught_up name>boolean
bit ?
bit_and bigint>bigint|?|integer>integer|smallint>smallint
bit_count ?|bytea>bigint
bit_length ?|bytea>integer|text>integer
bit_or bigint>bigint|?|integer>integer|smallint>smallint
bit_send ?
bit_xor bigint>bigint|?|integer>integer|smallint>smallint
bitand ?
bitcat ?
bitcmp ?
biteq ?
bitge ?
bitgt ?
bitle ?
bitlt ?
bitne ?
bitnot ?
bitor ?
bitshiftleft ?
bitshiftright ?
bittypmodin ?
bitxor ?
bool integer>boolean|jsonb>boolean
bool_and boolean>boolean
bool_or boolean>boolean
booland_statefunc boolean;boolean>boolean
booleq boolean;boolean>boolean
boolge boolean;boolean>boolean
boolgt boolean;boolean>boolean
boolle boolean;boolean>boolean
boollt boolean;boolean>boolean
boolne boolean;boolean>boolean
boolor_statefunc boolean;boolean>boolean
boolsend boolean>bytea
bound_box ?
box ?
box_above ?
box_above_eq ?
box_add ?
box_below ?
box_below_eq ?
box_center ?
box_contain ?
box_contain_pt ?
box_contained ?
box_distance ?
box_div ?
box_eq ?
box_ge ?
box_gt ?
box_intersect ?
box_le ?
box_left ?
box_lt ?
box_mul ?
box_overabove ?
box_overbelow ?
box_overlap ?
box_overleft ?
box_overright ?
box_right ?
box_same ?
box_send ?
box_sub ?
bpchar ?|character;integer;boolean>character|name>character
bpchar_larger character;character>character
bpchar_pattern_ge character;character>boolean
bpchar_pattern_gt character;character>boolean
bpchar_pattern_le character;character>boolean
bpchar_pattern_lt character;character>boolean
bpchar_smaller character;character>character
bpcharcmp character;character>integer
bpchareq character;character>boolean
bpcharge character;character>boolean
bpchargt character;character>boolean
bpchariclike character;text>boolean
bpcharicnlike character;text>boolean
bpcharicregexeq character;text>boolean
bpcharicregexne character;text>boolean
bpcharle character;character>boolean
bpcharlike character;text>boolean
bpcharlt character;character>boolean
bpcharne character;character>boolean
bpcharnlike character;text>boolean
bpcharregexeq character;text>boolean
bpcharregexne character;text>boolean
bpcharsend character>bytea
bpchartypmodin ?
brin_bloom_summary_send ?
brin_minmax_multi_summary_send ?
brin_summarize_new_values regclass>integer
brin_summarize_range regclass;bigint>integer
broadcast inet>inet
btarraycmp anyarray;anyarray>integer
btboolcmp boolean;boolean>integer
btbpchar_pattern_cmp character;character>integer
btcharcmp ?
btequalimage oid>boolean
btfloat48cmp real;double precision>integer
btfloat4cmp real;real>integer
btfloat84cmp double precision;real>integer
btfloat8cmp double precision;double precision>integer
btint24cmp smallint;integer>integer
btint28cmp smallint;bigint>integer
btint2cmp smallint;smallint>integer
btint42cmp integer;smallint>integer
btint48cmp integer;bigint>integer
btint4cmp integer;integer>integer
btint82cmp bigint;smallint>integer
btint84cmp bigint;integer>integer
btint8cmp bigint;bigint>integer
btnamecmp name;name>integer
btnametextcmp name;text>integer
btoidcmp oid;oid>integer
btoidvectorcmp ?
btrecordcmp ?
btrecordimagecmp ?
btrim bytea;bytea>bytea|text>text|text;text>text
bttext_pattern_cmp text;text>integer
bttextcmp text;text>integer
bttextnamecmp text;name>integer
bttidcmp ?
btvarstrequalimage oid>boolean
bytea bigint>bytea|integer>bytea|smallint>bytea
bytea_larger bytea;bytea>bytea
bytea_smaller bytea;bytea>bytea
byteacat bytea;bytea>bytea
byteacmp bytea;bytea>integer
byteaeq bytea;bytea>boolean
byteage bytea;bytea>boolean
byteagt bytea;bytea>boolean
byteale bytea;bytea>boolean
bytealike bytea;bytea>boolean
bytealt bytea;bytea>boolean
byteane bytea;bytea>boolean
byteanlike bytea;bytea>boolean
byteasend bytea>bytea
cardinality anyarray>integer
casefold text>text
cash_cmp money;money>integer
cash_div_cash money;money>double precision
cash_div_flt4 money;real>money
cash_div_flt8 money;double precision>money
cash_div_int2 money;smallint>money
cash_div_int4 money;integer>money
cash_div_int8 money;bigint>money
cash_eq money;money>boolean
cash_ge money;money>boolean
cash_gt money;money>boolean
cash_le money;money>boolean
cash_lt money;money>boolean
cash_mi money;money>money
cash_mul_flt4 money;real>money
cash_mul_flt8 money;double precision>money
cash_mul_int2 money;smallint>money
cash_mul_int4 money;integer>money
cash_mul_int8 money;bigint>money
cash_ne money;money>boolean
cash_pl money;money>money
cash_send money>bytea
cash_words money>text
cashlarger money;money>money
cashsmaller money;money>money
cbrt double precision>double precision
ceil double precision>double precision|numeric>numeric
ceiling double precision>double precision|numeric>numeric
center ?
char ?
char_length character>integer|text>integer
character_length character>integer|text>integer
chareq ?
charge ?
chargt ?
charle ?
charlt ?
charne ?
charsend ?
chr integer>text
cideq ?
cidr inet>cidr
cidr_send cidr>bytea
cidsend ?
circle ?
circle_above ?
circle_add_pt ?
circle_below ?
circle_center ?
circle_contain ?
circle_contain_pt ?
circle_contained ?
circle_distance ?
circle_div_pt ?
circle_eq ?
circle_ge ?
circle_gt ?
circle_le ?
circle_left ?
circle_lt ?
circle_mul_pt ?
circle_ne ?
circle_overabove ?
circle_overbelow ?
circle_overlap ?
circle_overleft ?
circle_overright ?
circle_right ?
circle_same ?
circle_send ?
circle_sub_pt ?
clock_timestamp >timestamp with time zone
close_ls ?
close_lseg ?
close_pb ?
close_pl ?
close_ps ?
close_sb ?
col_description oid;integer>text
concat ..."any">text
concat_ws text;..."any">text
convert bytea;name;name>bytea
convert_from bytea;name>text
convert_to text;name>bytea
corr double precision;double precision>double precision
cos double precision>double precision
cosd double precision>double precision
cosh double precision>double precision
cot double precision>double precision
cotd double precision>double precision
count >bigint|"any">bigint
covar_pop double precision;double precision>double precision
covar_samp double precision;double precision>double precision
crc32 bytea>bigint
crc32c bytea>bigint
cume_dist >double precision|..."any">double precision
current_database >name
current_query >text
current_schema >name
current_schemas boolean>name[]
current_setting text>text|text;boolean>text
current_user >name
currtid2 ?
currval regclass>bigint
cursor_to_xml ?
cursor_to_xmlschema ?
database_to_xml boolean;boolean;text>xml
database_to_xml_and_xmlschema boolean;boolean;text>xml
database_to_xmlschema boolean;boolean;text>xml
date timestamp with time zone>date|timestamp without time zone>date
date_add timestamp with time zone;interval>timestamp with time zone|timestamp with time zone;interval;text>timestamp with time zone
date_bin interval;timestamp with time zone;timestamp with time zone>timestamp with time zone|interval;timestamp without time zone;timestamp without time zone>timestamp without time zone
date_cmp date;date>integer
date_cmp_timestamp date;timestamp without time zone>integer
date_cmp_timestamptz date;timestamp with time zone>integer
date_eq date;date>boolean
date_eq_timestamp date;timestamp without time zone>boolean
date_eq_timestamptz date;timestamp with time zone>boolean
date_ge date;date>boolean
date_ge_timestamp date;timestamp without time zone>boolean
date_ge_timestamptz date;timestamp with time zone>boolean
date_gt date;date>boolean
date_gt_timestamp date;timestamp without time zone>boolean
date_gt_timestamptz date;timestamp with time zone>boolean
date_larger date;date>date
date_le date;date>boolean
date_le_timestamp date;timestamp without time zone>boolean
date_le_timestamptz date;timestamp with time zone>boolean
date_lt date;date>boolean
date_lt_timestamp date;timestamp without time zone>boolean
date_lt_timestamptz date;timestamp with time zone>boolean
date_mi date;date>integer
date_mi_interval date;interval>timestamp without time zone
date_mii date;integer>date
date_ne date;date>boolean
date_ne_timestamp date;timestamp without time zone>boolean
date_ne_timestamptz date;timestamp with time zone>boolean
date_part text;date>double precision|text;interval>double precision|text;time with time zone>double precision|text;time without time zone>double precision|text;timestamp with time zone>double precision|text;timestamp without time zone>double precision
date_pl_interval date;interval>timestamp without time zone
date_pli date;integer>date
date_send date>bytea
date_smaller date;date>date
date_subtract timestamp with time zone;interval>timestamp with time zone|timestamp with time zone;interval;text>timestamp with time zone
date_trunc text;interval>interval|text;timestamp with time zone>timestamp with time zone|text;timestamp with time zone;text>timestamp with time zone|text;timestamp without time zone>timestamp without time zone
datemultirange ?
daterange ?
daterange_canonical ?
daterange_subdiff date;date>double precision
datetime_pl date;time without time zone>timestamp without time zone
datetimetz_pl date;time with time zone>timestamp with time zone
dcbrt double precision>double precision
decode text;text>bytea
degrees double precision>double precision
dense_rank >bigint|..."any">bigint
dexp double precision>double precision
diagonal ?
diameter ?
dist_bp ?
dist_bs ?
dist_cpoint ?
dist_cpoly ?
dist_lp ?
dist_ls ?
dist_pathp ?
dist_pb ?
dist_pc ?
dist_pl ?
dist_polyc ?
dist_polyp ?
dist_ppath ?
dist_ppoly ?
dist_ps ?
dist_sb ?
dist_sl ?
dist_sp ?
div numeric;numeric>numeric
dlog1 double precision>double precision
dlog10 double precision>double precision
dpow double precision;double precision>double precision
dround double precision>double precision
dsqrt double precision>double precision
dtrunc double precision>double precision
elem_contained_by_multirange ?
elem_contained_by_range ?
encode bytea;text>text
enum_cmp ?
enum_eq ?
enum_first ?
enum_ge ?
enum_gt ?
enum_larger ?
enum_last ?
enum_le ?
enum_lt ?
enum_ne ?
enum_range ?
enum_send ?
enum_smaller ?
erf double precision>double precision
erfc double precision>double precision
every boolean>boolean
exp double precision>double precision|numeric>numeric
extract text;date>numeric|text;interval>numeric|text;time with time zone>numeric|text;time without time zone>numeric|text;timestamp with time zone>numeric|text;timestamp without time zone>numeric
factorial bigint>numeric
family inet>integer
first_value anyelement>anyelement
float4 bigint>real|double precision>real|integer>real|jsonb>real|numeric>real|smallint>real
float48div real;double precision>double precision
float48eq real;double precision>boolean
float48ge real;double precision>boolean
float48gt real;double precision>boolean
float48le real;double precision>boolean
float48lt real;double precision>boolean
float48mi real;double precision>double precision
float48mul real;double precision>double precision
float48ne real;double precision>boolean
float48pl real;double precision>double precision
float4_accum double precision[];real>double precision[]
float4abs real>real
float4div real;real>real
float4eq real;real>boolean
float4ge real;real>boolean
float4gt real;real>boolean
float4larger real;real>real
float4le real;real>boolean
float4lt real;real>boolean
float4mi real;real>real
float4mul real;real>real
float4ne real;real>boolean
float4pl real;real>real
float4send real>bytea
float4smaller real;real>real
float4um real>real
float4up real>real
float8 bigint>double precision|integer>double precision|jsonb>double precision|numeric>double precision|real>double precision|smallint>double precision
float84div double precision;real>double precision
float84eq double precision;real>boolean
float84ge double precision;real>boolean
float84gt double precision;real>boolean
float84le double precision;real>boolean
float84lt double precision;real>boolean
float84mi double precision;real>double precision
float84mul double precision;real>double precision
float84ne double precision;real>boolean
float84pl double precision;real>double precision
float8_accum double precision[];double precision>double precision[]
float8_avg double precision[]>double precision
float8_combine double precision[];double precision[]>double precision[]
float8_corr double precision[]>double precision
float8_covar_pop double precision[]>double precision
float8_covar_samp double precision[]>double precision
float8_regr_accum double precision[];double precision;double precision>double precision[]
float8_regr_avgx double precision[]>double precision
float8_regr_avgy double precision[]>double precision
float8_regr_combine double precision[];double precision[]>double precision[]
float8_regr_intercept double precision[]>double precision
float8_regr_r2 double precision[]>double precision
float8_regr_slope double precision[]>double precision
float8_regr_sxx double precision[]>double precision
float8_regr_sxy double precision[]>double precision
float8_regr_syy double precision[]>double precision
float8_stddev_pop double precision[]>double precision
float8_stddev_samp double precision[]>double precision
float8_var_pop double precision[]>double precision
float8_var_samp double precision[]>double precision
float8abs double precision>double precision
float8div double precision;double precision>double precision
float8eq double precision;double precision>boolean
float8ge double precision;double precision>boolean
float8gt double precision;double precision>boolean
float8larger double precision;double precision>double precision
float8le double precision;double precision>boolean
float8lt double precision;double precision>boolean
float8mi double precision;double precision>double precision
float8mul double precision;double precision>double precision
float8ne double precision;double precision>boolean
float8pl double precision;double precision>double precision
float8send double precision>bytea
float8smaller double precision;double precision>double precision
float8um double precision>double precision
float8up double precision>double precision
floor double precision>double precision|numeric>numeric
flt4_mul_cash real;money>money
flt8_mul_cash double precision;money>money
format text>text|text;..."any">text
format_type oid;integer>text
gamma double precision>double precision
gcd bigint;bigint>bigint|integer;integer>integer|numeric;numeric>numeric
gen_random_uuid >uuid
generate_series bigint;bigint>bigint|bigint;bigint;bigint>bigint|integer;integer>integer|integer;integer;integer>integer|numeric;numeric>numeric|numeric;numeric;numeric>numeric|timestamp with time zone;timestamp with time zone;interval>timestamp with time zone|timestamp with time zone;timestamp with time zone;interval;text>timestamp with time zone|timestamp without time zone;timestamp without time zone;interval>timestamp without time zone
generate_subscripts anyarray;integer>integer|anyarray;integer;boolean>integer
get_bit ?|bytea;bigint>integer
get_byte bytea;integer>integer
get_current_ts_config ?
getdatabaseencoding >name
getpgusername >name
gin_clean_pending_list regclass>bigint
gin_cmp_tslexeme text;text>integer
gin_compare_jsonb text;text>integer
gist_translate_cmptype_common integer>smallint
has_any_column_privilege name;oid;text>boolean|name;text;text>boolean|oid;oid;text>boolean|oid;text>boolean|oid;text;text>boolean|text;text>boolean
has_column_privilege name;oid;smallint;text>boolean|name;oid;text;text>boolean|name;text;smallint;text>boolean|name;text;text;text>boolean|oid;oid;smallint;text>boolean|oid;oid;text;text>boolean|oid;smallint;text>boolean|oid;text;smallint;text>boolean|oid;text;text>boolean|oid;text;text;text>boolean|text;smallint;text>boolean|text;text;text>boolean
has_database_privilege name;oid;text>boolean|name;text;text>boolean|oid;oid;text>boolean|oid;text>boolean|oid;text;text>boolean|text;text>boolean
has_foreign_data_wrapper_privilege name;oid;text>boolean|name;text;text>boolean|oid;oid;text>boolean|oid;text>boolean|oid;text;text>boolean|text;text>boolean
has_function_privilege name;oid;text>boolean|name;text;text>boolean|oid;oid;text>boolean|oid;text>boolean|oid;text;text>boolean|text;text>boolean
has_language_privilege name;oid;text>boolean|name;text;text>boolean|oid;oid;text>boolean|oid;text>boolean|oid;text;text>boolean|text;text>boolean
has_largeobject_privilege name;oid;text>boolean|oid;oid;text>boolean|oid;text>boolean
has_parameter_privilege name;text;text>boolean|oid;text;text>boolean|text;text>boolean
has_schema_privilege name;oid;text>boolean|name;text;text>boolean|oid;oid;text>boolean|oid;text>boolean|oid;text;text>boolean|text;text>boolean
has_sequence_privilege name;oid;text>boolean|name;text;text>boolean|oid;oid;text>boolean|oid;text>boolean|oid;text;text>boolean|text;text>boolean
has_server_privilege name;oid;text>boolean|name;text;text>boolean|oid;oid;text>boolean|oid;text>boolean|oid;text;text>boolean|text;text>boolean
has_table_privilege name;oid;text>boolean|name;text;text>boolean|oid;oid;text>boolean|oid;text>boolean|oid;text;text>boolean|text;text>boolean
has_tablespace_privilege name;oid;text>boolean|name;text;text>boolean|oid;oid;text>boolean|oid;text>boolean|oid;text;text>boolean|text;text>boolean
has_type_privilege name;oid;text>boolean|name;text;text>boolean|oid;oid;text>boolean|oid;text>boolean|oid;text;text>boolean|text;text>boolean
hash_aclitem ?
hash_aclitem_extended ?
hash_array anyarray>integer
hash_array_extended anyarray;bigint>bigint
hash_multirange ?
hash_multirange_extended ?
hash_numeric numeric>integer
hash_numeric_extended numeric;bigint>bigint
hash_range ?
hash_range_extended ?
hash_record ?
hash_record_extended ?
hashbool boolean>integer
hashboolextended boolean;bigint>bigint
hashbpchar character>integer
hashbpcharextended character;bigint>bigint
hashbytea bytea>integer
hashbyteaextended bytea;bigint>bigint
hashchar ?
hashcharextended ?
hashcid ?
hashcidextended ?
hashdate date>integer
hashdateextended date;bigint>bigint
hashenum ?
hashenumextended ?
hashfloat4 real>integer
hashfloat4extended real;bigint>bigint
hashfloat8 double precision>integer
hashfloat8extended double precision;bigint>bigint
hashinet inet>integer
hashinetextended inet;bigint>bigint
hashint2 smallint>integer
hashint2extended smallint;bigint>bigint
hashint4 integer>integer
hashint4extended integer;bigint>bigint
hashint8 bigint>integer
hashint8extended bigint;bigint>bigint
hashmacaddr ?
hashmacaddr8 ?
hashmacaddr8extended ?
hashmacaddrextended ?
hashname name>integer
hashnameextended name;bigint>bigint
hashoid oid>integer
hashoidextended oid;bigint>bigint
hashoidvector ?
hashoidvectorextended ?
hashtext text>integer
hashtextextended text;bigint>bigint
hashtid ?
hashtidextended ?
hashxid ?
hashxid8 ?
hashxid8extended ?
hashxidextended ?
height ?
host inet>text
hostmask inet>inet
icu_unicode_version >text
in_range bigint;bigint;bigint;boolean;boolean>boolean|date;date;interval;boolean;boolean>boolean|double precision;double precision;double precision;boolean;boolean>boolean|integer;integer;bigint;boolean;boolean>boolean|integer;integer;integer;boolean;boolean>boolean|integer;integer;smallint;boolean;boolean>boolean|interval;interval;interval;boolean;boolean>boolean|numeric;numeric;numeric;boolean;boolean>boolean|real;real;double precision;boolean;boolean>boolean|smallint;smallint;bigint;boolean;boolean>boolean|smallint;smallint;integer;boolean;boolean>boolean|smallint;smallint;smallint;boolean;boolean>boolean|time with time zone;time with time zone;interval;boolean;boolean>boolean|time without time zone;time without time zone;interval;boolean;boolean>boolean|timestamp with time zone;timestamp with time zone;interval;boolean;boolean>boolean|timestamp without time zone;timestamp without time zone;interval;boolean;boolean>boolean
inet_client_addr >inet
inet_client_port >integer
inet_merge inet;inet>cidr
inet_same_family inet;inet>boolean
inet_send inet>bytea
inet_server_addr >inet
inet_server_port >integer
inetand inet;inet>inet
inetmi inet;inet>bigint
inetmi_int8 inet;bigint>inet
inetnot inet>inet
inetor inet;inet>inet
inetpl inet;bigint>inet
initcap text>text
int2 bigint>smallint|bytea>smallint|double precision>smallint|integer>smallint|jsonb>smallint|numeric>smallint|real>smallint
int24div smallint;integer>integer
int24eq smallint;integer>boolean
int24ge smallint;integer>boolean
int24gt smallint;integer>boolean
int24le smallint;integer>boolean
int24lt smallint;integer>boolean
int24mi smallint;integer>integer
int24mul smallint;integer>integer
int24ne smallint;integer>boolean
int24pl smallint;integer>integer
int28div smallint;bigint>bigint
int28eq smallint;bigint>boolean
int28ge smallint;bigint>boolean
int28gt smallint;bigint>boolean
int28le smallint;bigint>boolean
int28lt smallint;bigint>boolean
int28mi smallint;bigint>bigint
int28mul smallint;bigint>bigint
int28ne smallint;bigint>boolean
int28pl smallint;bigint>bigint
int2_avg_accum bigint[];smallint>bigint[]
int2_avg_accum_inv bigint[];smallint>bigint[]
int2_mul_cash smallint;money>money
int2_sum bigint;smallint>bigint
int2abs smallint>smallint
int2and smallint;smallint>smallint
int2div smallint;smallint>smallint
int2eq smallint;smallint>boolean
int2ge smallint;smallint>boolean
int2gt smallint;smallint>boolean
int2int4_sum bigint[]>bigint
int2larger smallint;smallint>smallint
int2le smallint;smallint>boolean
int2lt smallint;smallint>boolean
int2mi smallint;smallint>smallint
int2mod smallint;smallint>smallint
int2mul smallint;smallint>smallint
int2ne smallint;smallint>boolean
int2not smallint>smallint
int2or smallint;smallint>smallint
int2pl smallint;smallint>smallint
int2send smallint>bytea
int2shl smallint;integer>smallint
int2shr smallint;integer>smallint
int2smaller smallint;smallint>smallint
int2um smallint>smallint
int2up smallint>smallint
int2vectorsend ?
int2xor smallint;smallint>smallint
int4 ?|bigint>integer|boolean>integer|bytea>integer|double precision>integer|jsonb>integer|numeric>integer|real>integer|smallint>integer
int42div integer;smallint>integer
int42eq integer;smallint>boolean
int42ge integer;smallint>boolean
int42gt integer;smallint>boolean
int42le integer;smallint>boolean
int42lt integer;smallint>boolean
int42mi integer;smallint>integer
int42mul integer;smallint>integer
int42ne integer;smallint>boolean
int42pl integer;smallint>integer
int48div integer;bigint>bigint
int48eq integer;bigint>boolean
int48ge integer;bigint>boolean
int48gt integer;bigint>boolean
int48le integer;bigint>boolean
int48lt integer;bigint>boolean
int48mi integer;bigint>bigint
int48mul integer;bigint>bigint
int48ne integer;bigint>boolean
int48pl integer;bigint>bigint
int4_avg_accum bigint[];integer>bigint[]
int4_avg_accum_inv bigint[];integer>bigint[]
int4_avg_combine bigint[];bigint[]>bigint[]
int4_mul_cash integer;money>money
int4_sum bigint;integer>bigint
int4abs integer>integer
int4and integer;integer>integer
int4div integer;integer>integer
int4eq integer;integer>boolean
int4ge integer;integer>boolean
int4gt integer;integer>boolean
int4inc integer>integer
int4larger integer;integer>integer
int4le integer;integer>boolean
int4lt integer;integer>boolean
int4mi integer;integer>integer
int4mod integer;integer>integer
int4mul integer;integer>integer
int4multirange ?
int4ne integer;integer>boolean
int4not integer>integer
int4or integer;integer>integer
int4pl integer;integer>integer
int4range ?
int4range_canonical ?
int4range_subdiff integer;integer>double precision
int4send integer>bytea
int4shl integer;integer>integer
int4shr integer;integer>integer
int4smaller integer;integer>integer
int4um integer>integer
int4up integer>integer
int4xor integer;integer>integer
int8 ?|bytea>bigint|double precision>bigint|integer>bigint|jsonb>bigint|numeric>bigint|oid>bigint|real>bigint|smallint>bigint
int82div bigint;smallint>bigint
int82eq bigint;smallint>boolean
int82ge bigint;smallint>boolean
int82gt bigint;smallint>boolean
int82le bigint;smallint>boolean
int82lt bigint;smallint>boolean
int82mi bigint;smallint>bigint
int82mul bigint;smallint>bigint
int82ne bigint;smallint>boolean
int82pl bigint;smallint>bigint
int84div bigint;integer>bigint
int84eq bigint;integer>boolean
int84ge bigint;integer>boolean
int84gt bigint;integer>boolean
int84le bigint;integer>boolean
int84lt bigint;integer>boolean
int84mi bigint;integer>bigint
int84mul bigint;integer>bigint
int84ne bigint;integer>boolean
int84pl bigint;integer>bigint
int8_avg bigint[]>numeric
int8_mul_cash bigint;money>money
int8_sum numeric;bigint>numeric
int8abs bigint>bigint
int8and bigint;bigint>bigint
int8dec bigint>bigint
int8dec_any bigint;"any">bigint
int8div bigint;bigint>bigint
int8eq bigint;bigint>boolean
int8ge bigint;bigint>boolean
int8gt bigint;bigint>boolean
int8inc bigint>bigint
int8inc_any bigint;"any">bigint
int8inc_float8_float8 bigint;double precision;double precision>bigint
int8larger bigint;bigint>bigint
int8le bigint;bigint>boolean
int8lt bigint;bigint>boolean
int8mi bigint;bigint>bigint
int8mod bigint;bigint>bigint
int8mul bigint;bigint>bigint
int8multirange ?
int8ne bigint;bigint>boolean
int8not bigint>bigint
int8or bigint;bigint>bigint
int8pl bigint;bigint>bigint
int8pl_inet bigint;inet>inet
int8range ?
int8range_canonical ?
int8range_subdiff bigint;bigint>double precision
int8send bigint>bytea
int8shl bigint;integer>bigint
int8shr bigint;integer>bigint
int8smaller bigint;bigint>bigint
int8um bigint>bigint
int8up bigint>bigint
int8xor bigint;bigint>bigint
integer_pl_date integer;date>date
inter_lb ?
inter_sb ?
inter_sl ?
interval interval;integer>interval|time without time zone>interval
interval_cmp interval;interval>integer
interval_div interval;double precision>interval
interval_eq interval;interval>boolean
interval_ge interval;interval>boolean
interval_gt interval;interval>boolean
interval_hash interval>integer
interval_hash_extended interval;bigint>bigint
interval_larger interval;interval>interval
interval_le interval;interval>boolean
interval_lt interval;interval>boolean
interval_mi interval;interval>interval
interval_mul interval;double precision>interval
interval_ne interval;interval>boolean
interval_pl interval;interval>interval
interval_pl_date interval;date>timestamp without time zone
interval_pl_time interval;time without time zone>time without time zone
interval_pl_timestamp interval;timestamp without time zone>timestamp without time zone
interval_pl_timestamptz interval;timestamp with time zone>timestamp with time zone
interval_pl_timetz interval;time with time zone>time with time zone
interval_send interval>bytea
interval_smaller interval;interval>interval
interval_um interval>interval
intervaltypmodin ?
is_normalized text>boolean|text;text>boolean
isclosed ?
isempty ?
isfinite date>boolean|interval>boolean|timestamp with time zone>boolean|timestamp without time zone>boolean
ishorizontal ?
isopen ?
isparallel ?
isperp ?
isvertical ?
json_agg anyelement>json
json_agg_strict anyelement>json
json_array_element json;integer>json
json_array_element_text json;integer>text
json_array_elements json>json
json_array_elements_text json>text
json_array_length json>integer
json_build_array >json|..."any">json
json_build_object >json|..."any">json
json_each ?
json_each_text ?
json_extract_path json;...text>json
json_extract_path_text json;...text>text
json_object text[]>json|text[];text[]>json
json_object_agg "any";"any">json
json_object_agg_strict "any";"any">json
json_object_agg_unique "any";"any">json
json_object_agg_unique_strict "any";"any">json
json_object_field json;text>json
json_object_field_text json;text>text
json_object_keys json>text
json_populate_record anyelement;json>anyelement|anyelement;json;boolean>anyelement
json_populate_recordset anyelement;json>anyelement|anyelement;json;boolean>anyelement
json_send json>bytea
json_strip_nulls json>json|json;boolean>json
json_to_record ?
json_to_recordset ?
json_to_tsvector ?
json_typeof json>text
jsonb_agg anyelement>jsonb
jsonb_agg_strict anyelement>jsonb
jsonb_array_element jsonb;integer>jsonb
jsonb_array_element_text jsonb;integer>text
jsonb_array_elements jsonb>jsonb
jsonb_array_elements_text jsonb>text
jsonb_array_length jsonb>integer
jsonb_build_array >jsonb|..."any">jsonb
jsonb_build_object >jsonb|..."any">jsonb
jsonb_cmp jsonb;jsonb>integer
jsonb_concat jsonb;jsonb>jsonb
jsonb_contained jsonb;jsonb>boolean
jsonb_contains jsonb;jsonb>boolean
jsonb_delete jsonb;integer>jsonb|jsonb;text>jsonb|jsonb;...text>jsonb
jsonb_delete_path jsonb;text[]>jsonb
jsonb_each ?
jsonb_each_text ?
jsonb_eq jsonb;jsonb>boolean
jsonb_exists jsonb;text>boolean
jsonb_exists_all jsonb;text[]>boolean
jsonb_exists_any jsonb;text[]>boolean
jsonb_extract_path jsonb;...text>jsonb
jsonb_extract_path_text jsonb;...text>text
jsonb_ge jsonb;jsonb>boolean
jsonb_gt jsonb;jsonb>boolean
jsonb_hash jsonb>integer
jsonb_hash_extended jsonb;bigint>bigint
jsonb_insert jsonb;text[];jsonb>jsonb|jsonb;text[];jsonb;boolean>jsonb
jsonb_le jsonb;jsonb>boolean
jsonb_lt jsonb;jsonb>boolean
jsonb_ne jsonb;jsonb>boolean
jsonb_object text[]>jsonb|text[];text[]>jsonb
jsonb_object_agg "any";"any">jsonb
jsonb_object_agg_strict "any";"any">jsonb
jsonb_object_agg_unique "any";"any">jsonb
jsonb_object_agg_unique_strict "any";"any">jsonb
jsonb_object_field jsonb;text>jsonb
jsonb_object_field_text jsonb;text>text
jsonb_object_keys jsonb>text
jsonb_path_exists ?
jsonb_path_exists_opr ?
jsonb_path_exists_tz ?
jsonb_path_match ?
jsonb_path_match_opr ?
jsonb_path_match_tz ?
jsonb_path_query ?
jsonb_path_query_array ?
jsonb_path_query_array_tz ?
jsonb_path_query_first ?
jsonb_path_query_first_tz ?
jsonb_path_query_tz ?
jsonb_populate_record anyelement;jsonb>anyelement
jsonb_populate_record_valid anyelement;jsonb>boolean
jsonb_populate_recordset anyelement;jsonb>anyelement
jsonb_pretty jsonb>text
jsonb_send jsonb>bytea
jsonb_set jsonb;text[];jsonb>jsonb|jsonb;text[];jsonb;boolean>jsonb
jsonb_set_lax jsonb;text[];jsonb>jsonb|jsonb;text[];jsonb;boolean>jsonb|jsonb;text[];jsonb;boolean;text>jsonb
jsonb_strip_nulls jsonb>jsonb|jsonb;boolean>jsonb
jsonb_to_record ?
jsonb_to_recordset ?
jsonb_to_tsvector ?
jsonb_typeof jsonb>text
jsonpath_send ?
justify_days interval>interval
justify_hours interval>interval
justify_interval interval>interval
lag anycompatible;integer;anycompatible>anycompatible|anyelement>anyelement|anyelement;integer>anyelement
last_value anyelement>anyelement
lastval >bigint
lcm bigint;bigint>bigint|integer;integer>integer|numeric;numeric>numeric
lead anycompatible;integer;anycompatible>anycompatible|anyelement>anyelement|anyelement;integer>anyelement
left text;integer>text
length ?|bytea>integer|bytea;name>integer|character>integer|text>integer
lgamma double precision>double precision
like bytea;bytea>boolean|name;text>boolean|text;text>boolean
like_escape bytea;bytea>bytea|text;text>text
line ?
line_distance ?
line_eq ?
line_horizontal ?
line_interpt ?
line_intersect ?
line_parallel ?
line_perp ?
line_send ?
line_vertical ?
ln double precision>double precision|numeric>numeric
lo_close integer>integer
lo_creat integer>oid
lo_create oid>oid
lo_export oid;text>integer
lo_from_bytea oid;bytea>oid
lo_get oid>bytea|oid;bigint;integer>bytea
lo_import text>oid|text;oid>oid
lo_lseek integer;integer;integer>integer
lo_lseek64 integer;bigint;integer>bigint
lo_open oid;integer>integer
lo_tell integer>integer
lo_tell64 integer>bigint
lo_truncate integer;integer>integer
lo_truncate64 integer;bigint>integer
lo_unlink oid>integer
log double precision>double precision|numeric>numeric|numeric;numeric>numeric
log10 double precision>double precision|numeric>numeric
loread integer;integer>bytea
lower ?|text>text
lower_inc ?
lower_inf ?
lowrite integer;bytea>integer
lpad text;integer>text|text;integer;text>text
lseg ?
lseg_center ?
lseg_distance ?
lseg_eq ?
lseg_ge ?
lseg_gt ?
lseg_horizontal ?
lseg_interpt ?
lseg_intersect ?
lseg_le ?
lseg_length ?
lseg_lt ?
lseg_ne ?
lseg_parallel ?
lseg_perp ?
lseg_send ?
lseg_vertical ?
ltrim bytea;bytea>bytea|text>text|text;text>text
macaddr ?
macaddr8 ?
macaddr8_and ?
macaddr8_cmp ?
macaddr8_eq ?
macaddr8_ge ?
macaddr8_gt ?
macaddr8_le ?
macaddr8_lt ?
macaddr8_ne ?
macaddr8_not ?
macaddr8_or ?
macaddr8_send ?
macaddr8_set7bit ?
macaddr_and ?
macaddr_cmp ?
macaddr_eq ?
macaddr_ge ?
macaddr_gt ?
macaddr_le ?
macaddr_lt ?
macaddr_ne ?
macaddr_not ?
macaddr_or ?
macaddr_send ?
make_date integer;integer;integer>date
make_interval >interval|integer>interval|integer;integer>interval|integer;integer;integer>interval|integer;integer;integer;integer>interval|integer;integer;integer;integer;integer>interval|integer;integer;integer;integer;integer;integer>interval|integer;integer;integer;integer;integer;integer;double precision>interval
make_time integer;integer;double precision>time without time zone
make_timestamp integer;integer;integer;integer;integer;double precision>timestamp without time zone
make_timestamptz integer;integer;integer;integer;integer;double precision>timestamp with time zone|integer;integer;integer;integer;integer;double precision;text>timestamp with time zone
makeaclitem ?
masklen inet>integer
max anyarray>anyarray|?|bigint>bigint|bytea>bytea|character>character|date>date|double precision>double precision|inet>inet|integer>integer|interval>interval|money>money|numeric>numeric|oid>oid|real>real|smallint>smallint|text>text|time with time zone>time with time zone|time without time zone>time without time zone|timestamp with time zone>timestamp with time zone|timestamp without time zone>timestamp without time zone
md5 bytea>text|text>text
min anyarray>anyarray|?|bigint>bigint|bytea>bytea|character>character|date>date|double precision>double precision|inet>inet|integer>integer|interval>interval|money>money|numeric>numeric|oid>oid|real>real|smallint>smallint|text>text|time with time zone>time with time zone|time without time zone>time without time zone|timestamp with time zone>timestamp with time zone|timestamp without time zone>timestamp without time zone
min_scale numeric>integer
mod bigint;bigint>bigint|integer;integer>integer|numeric;numeric>numeric|smallint;smallint>smallint
money bigint>money|integer>money|numeric>money
mul_d_interval double precision;interval>interval
multirange ?
multirange_adjacent_multirange ?
multirange_adjacent_range ?
multirange_after_multirange ?
multirange_after_range ?
multirange_before_multirange ?
multirange_before_range ?
multirange_cmp ?
multirange_contained_by_multirange ?
multirange_contained_by_range ?
multirange_contains_elem ?
multirange_contains_multirange ?
multirange_contains_range ?
multirange_eq ?
multirange_ge ?
multirange_gt ?
multirange_intersect ?
multirange_intersect_agg_transfn ?
multirange_le ?
multirange_lt ?
multirange_minus ?
multirange_ne ?
multirange_overlaps_multirange ?
multirange_overlaps_range ?
multirange_overleft_multirange ?
multirange_overleft_range ?
multirange_overright_multirange ?
multirange_overright_range ?
multirange_send ?
multirange_union ?
mxid_age ?
name character>name|character varying>name|text>name
nameconcatoid name;oid>name
nameeq name;name>boolean
nameeqtext name;text>boolean
namege name;name>boolean
namegetext name;text>boolean
namegt name;name>boolean
namegttext name;text>boolean
nameiclike name;text>boolean
nameicnlike name;text>boolean
nameicregexeq name;text>boolean
nameicregexne name;text>boolean
namele name;name>boolean
nameletext name;text>boolean
namelike name;text>boolean
namelt name;name>boolean
namelttext name;text>boolean
namene name;name>boolean
namenetext name;text>boolean
namenlike name;text>boolean
nameregexeq name;text>boolean
nameregexne name;text>boolean
namesend name>bytea
netmask inet>inet
network inet>cidr
network_cmp inet;inet>integer
network_eq inet;inet>boolean
network_ge inet;inet>boolean
network_gt inet;inet>boolean
network_larger inet;inet>inet
network_le inet;inet>boolean
network_lt inet;inet>boolean
network_ne inet;inet>boolean
network_overlap inet;inet>boolean
network_smaller inet;inet>inet
network_sub inet;inet>boolean
network_subeq inet;inet>boolean
network_sup inet;inet>boolean
network_supeq inet;inet>boolean
nextval regclass>bigint
normalize text>text|text;text>text
notlike bytea;bytea>boolean|name;text>boolean|text;text>boolean
now >timestamp with time zone
npoints ?
nth_value anyelement;integer>anyelement
ntile integer>integer
num_nonnulls ..."any">integer
num_nulls ..."any">integer
numeric bigint>numeric|double precision>numeric|integer>numeric|jsonb>numeric|money>numeric|numeric;integer>numeric|real>numeric|smallint>numeric
numeric_abs numeric>numeric
numeric_add numeric;numeric>numeric
numeric_cmp numeric;numeric>integer
numeric_div numeric;numeric>numeric
numeric_div_trunc numeric;numeric>numeric
numeric_eq numeric;numeric>boolean
numeric_exp numeric>numeric
numeric_ge numeric;numeric>boolean
numeric_gt numeric;numeric>boolean
numeric_inc numeric>numeric
numeric_larger numeric;numeric>numeric
numeric_le numeric;numeric>boolean
numeric_ln numeric>numeric
numeric_log numeric;numeric>numeric
numeric_lt numeric;numeric>boolean
numeric_mod numeric;numeric>numeric
numeric_mul numeric;numeric>numeric
numeric_ne numeric;numeric>boolean
numeric_pl_pg_lsn ?
numeric_power numeric;numeric>numeric
numeric_send numeric>bytea
numeric_smaller numeric;numeric>numeric
numeric_sqrt numeric>numeric
numeric_sub numeric;numeric>numeric
numeric_uminus numeric>numeric
numeric_uplus numeric>numeric
numerictypmodin ?
nummultirange ?
numnode ?
numrange ?
numrange_subdiff numeric;numeric>double precision
obj_description oid>text|oid;name>text
octet_length ?|bytea>integer|character>integer|text>integer
oid bigint>oid
oideq oid;oid>boolean
oidge oid;oid>boolean
oidgt oid;oid>boolean
oidlarger oid;oid>oid
oidle oid;oid>boolean
oidlt oid;oid>boolean
oidne oid;oid>boolean
oidsend oid>bytea
oidsmaller oid;oid>oid
oidvectoreq ?
oidvectorge ?
oidvectorgt ?
oidvectorle ?
oidvectorlt ?
oidvectorne ?
oidvectorsend ?
oidvectortypes ?
on_pb ?
on_pl ?
on_ppath ?
on_ps ?
on_sb ?
on_sl ?
overlaps time with time zone;time with time zone;time with time zone;time with time zone>boolean|time without time zone;interval;time without time zone;interval>boolean|time without time zone;interval;time without time zone;time without time zone>boolean|time without time zone;time without time zone;time without time zone;interval>boolean|time without time zone;time without time zone;time without time zone;time without time zone>boolean|timestamp with time zone;interval;timestamp with time zone;interval>boolean|timestamp with time zone;interval;timestamp with time zone;timestamp with time zone>boolean|timestamp with time zone;timestamp with time zone;timestamp with time zone;interval>boolean|timestamp with time zone;timestamp with time zone;timestamp with time zone;timestamp with time zone>boolean|timestamp without time zone;interval;timestamp without time zone;interval>boolean|timestamp without time zone;interval;timestamp without time zone;timestamp without time zone>boolean|timestamp without time zone;timestamp without time zone;timestamp without time zone;interval>boolean|timestamp without time zone;timestamp without time zone;timestamp without time zone;timestamp without time zone>boolean
overlay ?|bytea;bytea;integer>bytea|bytea;bytea;integer;integer>bytea|text;text;integer>text|text;text;integer;integer>text
parse_ident text>text[]|text;boolean>text[]
path ?
path_add ?
path_add_pt ?
path_contain_pt ?
path_distance ?
path_div_pt ?
path_inter ?
path_length ?
path_mul_pt ?
path_n_eq ?
path_n_ge ?
path_n_gt ?
path_n_le ?
path_n_lt ?
path_npoints ?
path_send ?
path_sub_pt ?
pclose ?
percent_rank >double precision|..."any">double precision
pg_advisory_unlock bigint>boolean|integer;integer>boolean
pg_advisory_unlock_shared bigint>boolean|integer;integer>boolean
pg_available_extension_versions ?
pg_available_extensions ?
pg_available_wal_summaries ?
pg_backend_pid >integer
pg_backup_start ?
pg_backup_stop ?
pg_basetype ?
pg_blocking_pids integer>integer[]
pg_cancel_backend integer>boolean
pg_char_to_encoding name>integer
pg_client_encoding >name
pg_collation_actual_version oid>text
pg_collation_for "any">text
pg_collation_is_visible oid>boolean
pg_column_compression "any">text
pg_column_is_updatable regclass;smallint;boolean>boolean
pg_column_size "any">integer
pg_column_toast_chunk_id "any">oid
pg_conf_load_time >timestamp with time zone
pg_config ?
pg_control_checkpoint ?
pg_control_init ?
pg_control_recovery ?
pg_control_system ?
pg_conversion_is_visible oid>boolean
pg_copy_logical_replication_slot ?
pg_copy_physical_replication_slot ?
pg_create_logical_replication_slot ?
pg_create_physical_replication_slot ?
pg_create_restore_point ?
pg_current_logfile >text|text>text
pg_current_snapshot ?
pg_current_wal_flush_lsn ?
pg_current_wal_insert_lsn ?
pg_current_wal_lsn ?
pg_current_xact_id ?
pg_current_xact_id_if_assigned ?
pg_cursor ?
pg_database_collation_actual_version oid>text
pg_database_size name>bigint|oid>bigint
pg_ddl_command_send ?
pg_dependencies_send ?
pg_describe_object oid;oid;integer>text
pg_encoding_max_length integer>integer
pg_encoding_to_char integer>name
pg_event_trigger_ddl_commands ?
pg_event_trigger_dropped_objects ?
pg_event_trigger_table_rewrite_oid >oid
pg_event_trigger_table_rewrite_reason >integer
pg_export_snapshot >text
pg_extension_update_paths ?
pg_filenode_relation oid;oid>regclass
pg_function_is_visible oid>boolean
pg_get_acl ?
pg_get_aios ?
pg_get_backend_memory_contexts ?
pg_get_catalog_foreign_keys ?
pg_get_constraintdef oid>text|oid;boolean>text
pg_get_expr ?
pg_get_function_arg_default oid;integer>text
pg_get_function_arguments oid>text
pg_get_function_identity_arguments oid>text
pg_get_function_result oid>text
pg_get_function_sqlbody oid>text
pg_get_functiondef oid>text
pg_get_indexdef oid>text|oid;integer;boolean>text
pg_get_keywords ?
pg_get_loaded_modules ?
pg_get_multixact_members ?
pg_get_object_address ?
pg_get_partition_constraintdef oid>text
pg_get_partkeydef oid>text
pg_get_publication_tables ?
pg_get_replica_identity_index regclass>regclass
pg_get_replication_slots ?
pg_get_ruledef oid>text|oid;boolean>text
pg_get_sequence_data ?
pg_get_serial_sequence text;text>text
pg_get_shmem_allocations ?
pg_get_shmem_allocations_numa ?
pg_get_statisticsobjdef oid>text
pg_get_statisticsobjdef_columns oid>text
pg_get_statisticsobjdef_expressions oid>text[]
pg_get_triggerdef oid>text|oid;boolean>text
pg_get_userbyid oid>name
pg_get_viewdef oid>text|oid;boolean>text|oid;integer>text|text>text|text;boolean>text
pg_get_wait_events ?
pg_get_wal_replay_pause_state >text
pg_get_wal_resource_managers ?
pg_get_wal_summarizer_state ?
pg_has_role name;name;text>boolean|name;oid;text>boolean|name;text>boolean|oid;name;text>boolean|oid;oid;text>boolean|oid;text>boolean
pg_hba_file_rules ?
pg_ident_file_mappings ?
pg_identify_object ?
pg_identify_object_as_address ?
pg_import_system_collations ?
pg_index_column_has_property regclass;integer;text>boolean
pg_index_has_property regclass;text>boolean
pg_indexam_has_property oid;text>boolean
pg_indexam_progress_phasename oid;bigint>text
pg_indexes_size regclass>bigint
pg_input_error_info ?
pg_input_is_valid text;text>boolean
pg_is_in_recovery >boolean
pg_is_other_temp_schema oid>boolean
pg_is_wal_replay_paused >boolean
pg_isolation_test_session_is_blocked integer;integer[]>boolean
pg_jit_available >boolean
pg_last_committed_xact ?
pg_last_wal_receive_lsn ?
pg_last_wal_replay_lsn ?
pg_last_xact_replay_timestamp >timestamp with time zone
pg_listening_channels >text
pg_lock_status ?
pg_log_backend_memory_contexts integer>boolean
pg_log_standby_snapshot ?
pg_logical_emit_message ?
pg_logical_slot_get_binary_changes ?
pg_logical_slot_get_changes ?
pg_logical_slot_peek_binary_changes ?
pg_logical_slot_peek_changes ?
pg_ls_archive_statusdir ?
pg_ls_dir text>text|text;boolean;boolean>text
pg_ls_logdir ?
pg_ls_logicalmapdir ?
pg_ls_logicalsnapdir ?
pg_ls_replslotdir ?
pg_ls_summariesdir ?
pg_ls_tmpdir ?
pg_ls_waldir ?
pg_lsn ?
pg_lsn_cmp ?
pg_lsn_eq ?
pg_lsn_ge ?
pg_lsn_gt ?
pg_lsn_hash ?
pg_lsn_hash_extended ?
pg_lsn_larger ?
pg_lsn_le ?
pg_lsn_lt ?
pg_lsn_mi ?
pg_lsn_mii ?
pg_lsn_ne ?
pg_lsn_pli ?
pg_lsn_send ?
pg_lsn_smaller ?
pg_mcv_list_items ?
pg_mcv_list_send ?
pg_my_temp_schema >oid
pg_ndistinct_send ?
pg_nextoid regclass;name;regclass>oid
pg_node_tree_send ?
pg_notification_queue_usage >double precision
pg_numa_available >boolean
pg_opclass_is_visible oid>boolean
pg_operator_is_visible oid>boolean
pg_opfamily_is_visible oid>boolean
pg_options_to_table ?
pg_partition_ancestors regclass>regclass
pg_partition_root regclass>regclass
pg_partition_tree ?
pg_postmaster_start_time >timestamp with time zone
pg_prepared_statement ?
pg_prepared_xact ?
pg_promote >boolean|boolean>boolean|boolean;integer>boolean
pg_read_binary_file text>bytea|text;bigint;bigint>bytea|text;bigint;bigint;boolean>bytea|text;boolean>bytea
pg_read_file text>text|text;bigint;bigint>text|text;bigint;bigint;boolean>text|text;boolean>text
pg_relation_filenode regclass>oid
pg_relation_filepath regclass>text
pg_relation_is_publishable regclass>boolean
pg_relation_is_updatable regclass;boolean>integer
pg_relation_size regclass>bigint|regclass;text>bigint
pg_reload_conf >boolean
pg_replication_origin_create text>oid
pg_replication_origin_oid text>oid
pg_replication_origin_progress ?
pg_replication_origin_session_is_setup >boolean
pg_replication_origin_session_progress ?
pg_replication_slot_advance ?
pg_restore_attribute_stats ..."any">boolean
pg_restore_relation_stats ..."any">boolean
pg_rotate_logfile >boolean
pg_safe_snapshot_blocking_pids integer>integer[]
pg_sequence_last_value regclass>bigint
pg_sequence_parameters ?
pg_settings_get_flags text>text[]
pg_show_all_file_settings ?
pg_show_all_settings ?
pg_show_replication_origin_status ?
pg_size_bytes text>bigint
pg_size_pretty bigint>text|numeric>text
pg_snapshot_send ?
pg_snapshot_xip ?
pg_snapshot_xmax ?
pg_snapshot_xmin ?
pg_split_walfile_name ?
pg_stat_file ?
pg_stat_get_activity ?
pg_stat_get_analyze_count oid>bigint
pg_stat_get_archiver ?
pg_stat_get_autoanalyze_count oid>bigint
pg_stat_get_autovacuum_count oid>bigint
pg_stat_get_backend_activity integer>text
pg_stat_get_backend_activity_start integer>timestamp with time zone
pg_stat_get_backend_client_addr integer>inet
pg_stat_get_backend_client_port integer>integer
pg_stat_get_backend_dbid integer>oid
pg_stat_get_backend_idset >integer
pg_stat_get_backend_io ?
pg_stat_get_backend_pid integer>integer
pg_stat_get_backend_start integer>timestamp with time zone
pg_stat_get_backend_subxact ?
pg_stat_get_backend_userid integer>oid
pg_stat_get_backend_wait_event integer>text
pg_stat_get_backend_wait_event_type integer>text
pg_stat_get_backend_wal ?
pg_stat_get_backend_xact_start integer>timestamp with time zone
pg_stat_get_bgwriter_buf_written_clean >bigint
pg_stat_get_bgwriter_maxwritten_clean >bigint
pg_stat_get_bgwriter_stat_reset_time >timestamp with time zone
pg_stat_get_blocks_fetched oid>bigint
pg_stat_get_blocks_hit oid>bigint
pg_stat_get_buf_alloc >bigint
pg_stat_get_checkpointer_buffers_written >bigint
pg_stat_get_checkpointer_num_performed >bigint
pg_stat_get_checkpointer_num_requested >bigint
pg_stat_get_checkpointer_num_timed >bigint
pg_stat_get_checkpointer_restartpoints_performed >bigint
pg_stat_get_checkpointer_restartpoints_requested >bigint
pg_stat_get_checkpointer_restartpoints_timed >bigint
pg_stat_get_checkpointer_slru_written >bigint
pg_stat_get_checkpointer_stat_reset_time >timestamp with time zone
pg_stat_get_checkpointer_sync_time >double precision
pg_stat_get_checkpointer_write_time >double precision
pg_stat_get_db_active_time oid>double precision
pg_stat_get_db_blk_read_time oid>double precision
pg_stat_get_db_blk_write_time oid>double precision
pg_stat_get_db_blocks_fetched oid>bigint
pg_stat_get_db_blocks_hit oid>bigint
pg_stat_get_db_checksum_failures oid>bigint
pg_stat_get_db_checksum_last_failure oid>timestamp with time zone
pg_stat_get_db_conflict_all oid>bigint
pg_stat_get_db_conflict_bufferpin oid>bigint
pg_stat_get_db_conflict_lock oid>bigint
pg_stat_get_db_conflict_logicalslot oid>bigint
pg_stat_get_db_conflict_snapshot oid>bigint
pg_stat_get_db_conflict_startup_deadlock oid>bigint
pg_stat_get_db_conflict_tablespace oid>bigint
pg_stat_get_db_deadlocks oid>bigint
pg_stat_get_db_idle_in_transaction_time oid>double precision
pg_stat_get_db_numbackends oid>integer
pg_stat_get_db_parallel_workers_launched oid>bigint
pg_stat_get_db_parallel_workers_to_launch oid>bigint
pg_stat_get_db_session_time oid>double precision
pg_stat_get_db_sessions oid>bigint
pg_stat_get_db_sessions_abandoned oid>bigint
pg_stat_get_db_sessions_fatal oid>bigint
pg_stat_get_db_sessions_killed oid>bigint
pg_stat_get_db_stat_reset_time oid>timestamp with time zone
pg_stat_get_db_temp_bytes oid>bigint
pg_stat_get_db_temp_files oid>bigint
pg_stat_get_db_tuples_deleted oid>bigint
pg_stat_get_db_tuples_fetched oid>bigint
pg_stat_get_db_tuples_inserted oid>bigint
pg_stat_get_db_tuples_returned oid>bigint
pg_stat_get_db_tuples_updated oid>bigint
pg_stat_get_db_xact_commit oid>bigint
pg_stat_get_db_xact_rollback oid>bigint
pg_stat_get_dead_tuples oid>bigint
pg_stat_get_function_calls oid>bigint
pg_stat_get_function_self_time oid>double precision
pg_stat_get_function_total_time oid>double precision
pg_stat_get_ins_since_vacuum oid>bigint
pg_stat_get_io ?
pg_stat_get_last_analyze_time oid>timestamp with time zone
pg_stat_get_last_autoanalyze_time oid>timestamp with time zone
pg_stat_get_last_autovacuum_time oid>timestamp with time zone
pg_stat_get_last_vacuum_time oid>timestamp with time zone
pg_stat_get_lastscan oid>timestamp with time zone
pg_stat_get_live_tuples oid>bigint
pg_stat_get_mod_since_analyze oid>bigint
pg_stat_get_numscans oid>bigint
pg_stat_get_progress_info ?
pg_stat_get_recovery_prefetch ?
pg_stat_get_replication_slot ?
pg_stat_get_slru ?
pg_stat_get_snapshot_timestamp >timestamp with time zone
pg_stat_get_subscription ?
pg_stat_get_subscription_stats ?
pg_stat_get_total_analyze_time oid>double precision
pg_stat_get_total_autoanalyze_time oid>double precision
pg_stat_get_total_autovacuum_time oid>double precision
pg_stat_get_total_vacuum_time oid>double precision
pg_stat_get_tuples_deleted oid>bigint
pg_stat_get_tuples_fetched oid>bigint
pg_stat_get_tuples_hot_updated oid>bigint
pg_stat_get_tuples_inserted oid>bigint
pg_stat_get_tuples_newpage_updated oid>bigint
pg_stat_get_tuples_returned oid>bigint
pg_stat_get_tuples_updated oid>bigint
pg_stat_get_vacuum_count oid>bigint
pg_stat_get_wal ?
pg_stat_get_wal_receiver ?
pg_stat_get_wal_senders ?
pg_stat_get_xact_blocks_fetched oid>bigint
pg_stat_get_xact_blocks_hit oid>bigint
pg_stat_get_xact_function_calls oid>bigint
pg_stat_get_xact_function_self_time oid>double precision
pg_stat_get_xact_function_total_time oid>double precision
pg_stat_get_xact_numscans oid>bigint
pg_stat_get_xact_tuples_deleted oid>bigint
pg_stat_get_xact_tuples_fetched oid>bigint
pg_stat_get_xact_tuples_hot_updated oid>bigint
pg_stat_get_xact_tuples_inserted oid>bigint
pg_stat_get_xact_tuples_newpage_updated oid>bigint
pg_stat_get_xact_tuples_returned oid>bigint
pg_stat_get_xact_tuples_updated oid>bigint
pg_stat_have_stats text;oid;bigint>boolean
pg_statistics_obj_is_visible oid>boolean
pg_switch_wal ?
pg_table_is_visible oid>boolean
pg_table_size regclass>bigint
pg_tablespace_databases oid>oid
pg_tablespace_location oid>text
pg_tablespace_size name>bigint|oid>bigint
pg_terminate_backend integer>boolean|integer;bigint>boolean
pg_timezone_abbrevs_abbrevs ?
pg_timezone_abbrevs_zone ?
pg_timezone_names ?
pg_total_relation_size regclass>bigint
pg_trigger_depth >integer
pg_try_advisory_lock bigint>boolean|integer;integer>boolean
pg_try_advisory_lock_shared bigint>boolean|integer;integer>boolean
pg_try_advisory_xact_lock bigint>boolean|integer;integer>boolean
pg_try_advisory_xact_lock_shared bigint>boolean|integer;integer>boolean
pg_ts_config_is_visible oid>boolean
pg_ts_dict_is_visible oid>boolean
pg_ts_parser_is_visible oid>boolean
pg_ts_template_is_visible oid>boolean
pg_type_is_visible oid>boolean
pg_typeof ?
pg_visible_in_snapshot ?
pg_wal_lsn_diff ?
pg_wal_summary_contents ?
pg_walfile_name ?
pg_walfile_name_offset ?
pg_xact_commit_timestamp ?
pg_xact_commit_timestamp_origin ?
pg_xact_status ?
phraseto_tsquery ?
pi >double precision
plainto_tsquery ?
plpgsql_call_handler ?
point ?
point_above ?
point_add ?
point_below ?
point_distance ?
point_div ?
point_eq ?
point_horiz ?
point_left ?
point_mul ?
point_ne ?
point_right ?
point_send ?
point_sub ?
point_vert ?
poly_above ?
poly_below ?
poly_center ?
poly_contain ?
poly_contain_pt ?
poly_contained ?
poly_distance ?
poly_left ?
poly_npoints ?
poly_overabove ?
poly_overbelow ?
poly_overlap ?
poly_overleft ?
poly_overright ?
poly_right ?
poly_same ?
poly_send ?
polygon ?
popen ?
position ?|bytea;bytea>integer|text;text>integer
postgresql_fdw_validator text[];oid>boolean
pow double precision;double precision>double precision|numeric;numeric>numeric
power double precision;double precision>double precision|numeric;numeric>numeric
pt_contained_circle ?
pt_contained_poly ?
query_to_xml text;boolean;boolean;text>xml
query_to_xml_and_xmlschema text;boolean;boolean;text>xml
query_to_xmlschema text;boolean;boolean;text>xml
querytree ?
quote_ident text>text
quote_literal anyelement>text|text>text
quote_nullable anyelement>text|text>text
radians double precision>double precision
radius ?
random >double precision|bigint;bigint>bigint|integer;integer>integer|numeric;numeric>numeric
random_normal >double precision|double precision>double precision|double precision;double precision>double precision
range_adjacent ?
range_adjacent_multirange ?
range_after ?
range_after_multirange ?
range_agg ?
range_before ?
range_before_multirange ?
range_cmp ?
range_contained_by ?
range_contained_by_multirange ?
range_contains ?
range_contains_elem ?
range_contains_multirange ?
range_eq ?
range_ge ?
range_gt ?
range_intersect ?
range_intersect_agg ?
range_intersect_agg_transfn ?
range_le ?
range_lt ?
range_merge ?
range_minus ?
range_ne ?
range_overlaps ?
range_overlaps_multirange ?
range_overleft ?
range_overleft_multirange ?
range_overright ?
range_overright_multirange ?
range_send ?
range_union ?
rank >bigint|..."any">bigint
record_eq ?
record_ge ?
record_gt ?
record_image_eq ?
record_image_ge ?
record_image_gt ?
record_image_le ?
record_image_lt ?
record_image_ne ?
record_larger ?
record_le ?
record_lt ?
record_ne ?
record_send ?
record_smaller ?
regclass text>regclass
regclasssend regclass>bytea
regcollationsend ?
regconfigsend ?
regdictionarysend ?
regexp_count text;text>integer|text;text;integer>integer|text;text;integer;text>integer
regexp_instr text;text>integer|text;text;integer>integer|text;text;integer;integer>integer|text;text;integer;integer;integer>integer|text;text;integer;integer;integer;text>integer|text;text;integer;integer;integer;text;integer>integer
regexp_like text;text>boolean|text;text;text>boolean
regexp_match text;text>text[]|text;text;text>text[]
regexp_matches text;text>text[]|text;text;text>text[]
regexp_replace text;text;text>text|text;text;text;integer>text|text;text;text;integer;integer>text|text;text;text;integer;integer;text>text|text;text;text;text>text
regexp_split_to_array text;text>text[]|text;text;text>text[]
regexp_split_to_table text;text>text|text;text;text>text
regexp_substr text;text>text|text;text;integer>text|text;text;integer;integer>text|text;text;integer;integer;text>text|text;text;integer;integer;text;integer>text
regnamespacesend ?
regoperatorsend ?
regopersend ?
regproceduresend ?
regprocsend ?
regr_avgx double precision;double precision>double precision
regr_avgy double precision;double precision>double precision
regr_count double precision;double precision>bigint
regr_intercept double precision;double precision>double precision
regr_r2 double precision;double precision>double precision
regr_slope double precision;double precision>double precision
regr_sxx double precision;double precision>double precision
regr_sxy double precision;double precision>double precision
regr_syy double precision;double precision>double precision
regrolesend ?
regtypesend ?
repeat text;integer>text
replace text;text;text>text
reverse bytea>bytea|text>text
right text;integer>text
round double precision>double precision|numeric>numeric|numeric;integer>numeric
row_number >bigint
row_security_active oid>boolean|text>boolean
row_to_json ?
rpad text;integer>text|text;integer;text>text
rtrim bytea;bytea>bytea|text>text|text;text>text
satisfies_hash_partition oid;integer;integer;..."any">boolean
scale numeric>integer
schema_to_xml name;boolean;boolean;text>xml
schema_to_xml_and_xmlschema name;boolean;boolean;text>xml
schema_to_xmlschema name;boolean;boolean;text>xml
session_user >name
set_bit ?|bytea;bigint;integer>bytea
set_byte bytea;integer;integer>bytea
set_config text;text;boolean>text
set_masklen cidr;integer>cidr|inet;integer>inet
setval regclass;bigint>bigint|regclass;bigint;boolean>bigint
setweight ?
sha224 bytea>bytea
sha256 bytea>bytea
sha384 bytea>bytea
sha512 bytea>bytea
shobj_description oid;name>text
sign double precision>double precision|numeric>numeric
similar_escape text;text>text
similar_to_escape text>text|text;text>text
sin double precision>double precision
sind double precision>double precision
sinh double precision>double precision
slope ?
spg_poly_quad_compress ?
split_part text;text;integer>text
sqrt double precision>double precision|numeric>numeric
starts_with text;text>boolean
statement_timestamp >timestamp with time zone
stddev bigint>numeric|double precision>double precision|integer>numeric|numeric>numeric|real>double precision|smallint>numeric
stddev_pop bigint>numeric|double precision>double precision|integer>numeric|numeric>numeric|real>double precision|smallint>numeric
stddev_samp bigint>numeric|double precision>double precision|integer>numeric|numeric>numeric|real>double precision|smallint>numeric
string_agg bytea;bytea>bytea|text;text>text
string_to_array text;text>text[]|text;text;text>text[]
string_to_table text;text>text|text;text;text>text
strip ?
strpos text;text>integer
substr bytea;integer>bytea|bytea;integer;integer>bytea|text;integer>text|text;integer;integer>text
substring ?|bytea;integer>bytea|bytea;integer;integer>bytea|text;integer>text|text;integer;integer>text|text;text>text|text;text;text>text
sum bigint>numeric|double precision>double precision|integer>bigint|interval>interval|money>money|numeric>numeric|real>real|smallint>bigint
system_user >text
table_to_xml regclass;boolean;boolean;text>xml
table_to_xml_and_xmlschema regclass;boolean;boolean;text>xml
table_to_xmlschema regclass;boolean;boolean;text>xml
tan double precision>double precision
tand double precision>double precision
tanh double precision>double precision
text ?|boolean>text|character>text|inet>text|name>text|xml>text
text_ge text;text>boolean
text_gt text;text>boolean
text_larger text;text>text
text_le text;text>boolean
text_lt text;text>boolean
text_pattern_ge text;text>boolean
text_pattern_gt text;text>boolean
text_pattern_le text;text>boolean
text_pattern_lt text;text>boolean
text_smaller text;text>text
textanycat text;anynonarray>text
textcat text;text>text
texteq text;text>boolean
texteqname text;name>boolean
textgename text;name>boolean
textgtname text;name>boolean
texticlike text;text>boolean
texticnlike text;text>boolean
texticregexeq text;text>boolean
texticregexne text;text>boolean
textlen text>integer
textlename text;name>boolean
textlike text;text>boolean
textltname text;name>boolean
textne text;text>boolean
textnename text;name>boolean
textnlike text;text>boolean
textregexeq text;text>boolean
textregexne text;text>boolean
textsend text>bytea
tideq ?
tidge ?
tidgt ?
tidlarger ?
tidle ?
tidlt ?
tidne ?
tidsend ?
tidsmaller ?
time interval>time without time zone|time with time zone>time without time zone|time without time zone;integer>time without time zone|timestamp with time zone>time without time zone|timestamp without time zone>time without time zone
time_cmp time without time zone;time without time zone>integer
time_eq time without time zone;time without time zone>boolean
time_ge time without time zone;time without time zone>boolean
time_gt time without time zone;time without time zone>boolean
time_hash time without time zone>integer
time_hash_extended time without time zone;bigint>bigint
time_larger time without time zone;time without time zone>time without time zone
time_le time without time zone;time without time zone>boolean
time_lt time without time zone;time without time zone>boolean
time_mi_interval time without time zone;interval>time without time zone
time_mi_time time without time zone;time without time zone>interval
time_ne time without time zone;time without time zone>boolean
time_pl_interval time without time zone;interval>time without time zone
time_send time without time zone>bytea
time_smaller time without time zone;time without time zone>time without time zone
timedate_pl time without time zone;date>timestamp without time zone
timeofday >text
timestamp date>timestamp without time zone|date;time without time zone>timestamp without time zone|timestamp with time zone>timestamp without time zone|timestamp without time zone;integer>timestamp without time zone
timestamp_cmp timestamp without time zone;timestamp without time zone>integer
timestamp_cmp_date timestamp without time zone;date>integer
timestamp_cmp_timestamptz timestamp without time zone;timestamp with time zone>integer
timestamp_eq timestamp without time zone;timestamp without time zone>boolean
timestamp_eq_date timestamp without time zone;date>boolean
timestamp_eq_timestamptz timestamp without time zone;timestamp with time zone>boolean
timestamp_ge timestamp without time zone;timestamp without time zone>boolean
timestamp_ge_date timestamp without time zone;date>boolean
timestamp_ge_timestamptz timestamp without time zone;timestamp with time zone>boolean
timestamp_gt timestamp without time zone;timestamp without time zone>boolean
timestamp_gt_date timestamp without time zone;date>boolean
timestamp_gt_timestamptz timestamp without time zone;timestamp with time zone>boolean
timestamp_hash timestamp without time zone>integer
timestamp_hash_extended timestamp without time zone;bigint>bigint
timestamp_larger timestamp without time zone;timestamp without time zone>timestamp without time zone
timestamp_le timestamp without time zone;timestamp without time zone>boolean
timestamp_le_date timestamp without time zone;date>boolean
timestamp_le_timestamptz timestamp without time zone;timestamp with time zone>boolean
timestamp_lt timestamp without time zone;timestamp without time zone>boolean
timestamp_lt_date timestamp without time zone;date>boolean
timestamp_lt_timestamptz timestamp without time zone;timestamp with time zone>boolean
timestamp_mi timestamp without time zone;timestamp without time zone>interval
timestamp_mi_interval timestamp without time zone;interval>timestamp without time zone
timestamp_ne timestamp without time zone;timestamp without time zone>boolean
timestamp_ne_date timestamp without time zone;date>boolean
timestamp_ne_timestamptz timestamp without time zone;timestamp with time zone>boolean
timestamp_pl_interval timestamp without time zone;interval>timestamp without time zone
timestamp_send timestamp without time zone>bytea
timestamp_smaller timestamp without time zone;timestamp without time zone>timestamp without time zone
timestamptypmodin ?
timestamptz date>timestamp with time zone|date;time with time zone>timestamp with time zone|date;time without time zone>timestamp with time zone|timestamp with time zone;integer>timestamp with time zone|timestamp without time zone>timestamp with time zone
timestamptz_cmp timestamp with time zone;timestamp with time zone>integer
timestamptz_cmp_date timestamp with time zone;date>integer
timestamptz_cmp_timestamp timestamp with time zone;timestamp without time zone>integer
timestamptz_eq timestamp with time zone;timestamp with time zone>boolean
timestamptz_eq_date timestamp with time zone;date>boolean
timestamptz_eq_timestamp timestamp with time zone;timestamp without time zone>boolean
timestamptz_ge timestamp with time zone;timestamp with time zone>boolean
timestamptz_ge_date timestamp with time zone;date>boolean
timestamptz_ge_timestamp timestamp with time zone;timestamp without time zone>boolean
timestamptz_gt timestamp with time zone;timestamp with time zone>boolean
timestamptz_gt_date timestamp with time zone;date>boolean
timestamptz_gt_timestamp timestamp with time zone;timestamp without time zone>boolean
timestamptz_hash timestamp with time zone>integer
timestamptz_hash_extended timestamp with time zone;bigint>bigint
timestamptz_larger timestamp with time zone;timestamp with time zone>timestamp with time zone
timestamptz_le timestamp with time zone;timestamp with time zone>boolean
timestamptz_le_date timestamp with time zone;date>boolean
timestamptz_le_timestamp timestamp with time zone;timestamp without time zone>boolean
timestamptz_lt timestamp with time zone;timestamp with time zone>boolean
timestamptz_lt_date timestamp with time zone;date>boolean
timestamptz_lt_timestamp timestamp with time zone;timestamp without time zone>boolean
timestamptz_mi timestamp with time zone;timestamp with time zone>interval
timestamptz_mi_interval timestamp with time zone;interval>timestamp with time zone
timestamptz_ne timestamp with time zone;timestamp with time zone>boolean
timestamptz_ne_date timestamp with time zone;date>boolean
timestamptz_ne_timestamp timestamp with time zone;timestamp without time zone>boolean
timestamptz_pl_interval timestamp with time zone;interval>timestamp with time zone
timestamptz_send timestamp with time zone>bytea
timestamptz_smaller timestamp with time zone;timestamp with time zone>timestamp with time zone
timestamptztypmodin ?
timetypmodin ?
timetz time with time zone;integer>time with time zone|time without time zone>time with time zone|timestamp with time zone>time with time zone
timetz_cmp time with time zone;time with time zone>integer
timetz_eq time with time zone;time with time zone>boolean
timetz_ge time with time zone;time with time zone>boolean
timetz_gt time with time zone;time with time zone>boolean
timetz_hash time with time zone>integer
timetz_hash_extended time with time zone;bigint>bigint
timetz_larger time with time zone;time with time zone>time with time zone
timetz_le time with time zone;time with time zone>boolean
timetz_lt time with time zone;time with time zone>boolean
timetz_mi_interval time with time zone;interval>time with time zone
timetz_ne time with time zone;time with time zone>boolean
timetz_pl_interval time with time zone;interval>time with time zone
timetz_send time with time zone>bytea
timetz_smaller time with time zone;time with time zone>time with time zone
timetzdate_pl time with time zone;date>timestamp with time zone
timetztypmodin ?
timezone interval;time with time zone>time with time zone|interval;timestamp with time zone>timestamp without time zone|interval;timestamp without time zone>timestamp with time zone|text;time with time zone>time with time zone|text;timestamp with time zone>timestamp without time zone|text;timestamp without time zone>timestamp with time zone|time with time zone>time with time zone|timestamp with time zone>timestamp without time zone|timestamp without time zone>timestamp with time zone
to_ascii text>text|text;integer>text|text;name>text
to_bin bigint>text|integer>text
to_char bigint;text>text|double precision;text>text|integer;text>text|interval;text>text|numeric;text>text|real;text>text|timestamp with time zone;text>text|timestamp without time zone;text>text
to_date text;text>date
to_hex bigint>text|integer>text
to_json anyelement>json
to_jsonb anyelement>jsonb
to_number text;text>numeric
to_oct bigint>text|integer>text
to_regclass text>regclass
to_regcollation ?
to_regnamespace ?
to_regoper ?
to_regoperator ?
to_regproc ?
to_regprocedure ?
to_regrole ?
to_regtype ?
to_regtypemod text>integer
to_timestamp double precision>timestamp with time zone|text;text>timestamp with time zone
to_tsquery ?
to_tsvector ?
transaction_timestamp >timestamp with time zone
translate text;text;text>text
trim_array anyarray;integer>anyarray
trim_scale numeric>numeric
trunc double precision>double precision|?|numeric>numeric|numeric;integer>numeric
ts_debug ?
ts_delete ?
ts_filter ?
ts_headline ?
ts_lexize ?
ts_match_qv ?
ts_match_tq ?
ts_match_tt text;text>boolean
ts_match_vq ?
ts_parse ?
ts_rank ?
ts_rank_cd ?
ts_rewrite ?
ts_stat ?
ts_token_type ?
tsmultirange ?
tsq_mcontained ?
tsq_mcontains ?
tsquery_and ?
tsquery_cmp ?
tsquery_eq ?
tsquery_ge ?
tsquery_gt ?
tsquery_le ?
tsquery_lt ?
tsquery_ne ?
tsquery_not ?
tsquery_or ?
tsquery_phrase ?
tsquerysend ?
tsrange ?
tsrange_subdiff timestamp without time zone;timestamp without time zone>double precision
tstzmultirange ?
tstzrange ?
tstzrange_subdiff timestamp with time zone;timestamp with time zone>double precision
tsvector_cmp ?
tsvector_concat ?
tsvector_eq ?
tsvector_ge ?
tsvector_gt ?
tsvector_le ?
tsvector_lt ?
tsvector_ne ?
tsvector_to_array ?
tsvectorsend ?
txid_current >bigint
txid_current_if_assigned >bigint
txid_current_snapshot ?
txid_snapshot_send ?
txid_snapshot_xip ?
txid_snapshot_xmax ?
txid_snapshot_xmin ?
txid_status bigint>text
txid_visible_in_snapshot ?
unicode_assigned text>boolean
unicode_version >text
unistr text>text
unknownsend ?
unnest anyarray>anyelement|?
upper ?|text>text
upper_inc ?
upper_inf ?
uuid_cmp uuid;uuid>integer
uuid_eq uuid;uuid>boolean
uuid_extract_timestamp uuid>timestamp with time zone
uuid_extract_version uuid>smallint
uuid_ge uuid;uuid>boolean
uuid_gt uuid;uuid>boolean
uuid_hash uuid>integer
uuid_hash_extended uuid;bigint>bigint
uuid_le uuid;uuid>boolean
uuid_lt uuid;uuid>boolean
uuid_ne uuid;uuid>boolean
uuid_send uuid>bytea
uuidv4 >uuid
uuidv7 >uuid|interval>uuid
var_pop bigint>numeric|double precision>double precision|integer>numeric|numeric>numeric|real>double precision|smallint>numeric
var_samp bigint>numeric|double precision>double precision|integer>numeric|numeric>numeric|real>double precision|smallint>numeric
varbit ?
varbit_send ?
varbitcmp ?
varbiteq ?
varbitge ?
varbitgt ?
varbitle ?
varbitlt ?
varbitne ?
varbittypmodin ?
varchar character varying;integer;boolean>character varying|name>character varying
varcharsend character varying>bytea
varchartypmodin ?
variance bigint>numeric|double precision>double precision|integer>numeric|numeric>numeric|real>double precision|smallint>numeric
version >text
void_send ?
websearch_to_tsquery ?
width ?
width_bucket anycompatible;anycompatiblearray>integer|double precision;double precision;double precision;integer>integer|numeric;numeric;numeric;integer>integer
xid ?
xid8_larger ?
xid8_smaller ?
xid8cmp ?
xid8eq ?
xid8ge ?
xid8gt ?
xid8le ?
xid8lt ?
xid8ne ?
xid8send ?
xideq ?
xideqint4 ?
xidneq ?
xidneqint4 ?
xidsend ?
xml text>xml
xml_is_well_formed text>boolean
xml_is_well_formed_content text>boolean
xml_is_well_formed_document text>boolean
xml_send xml>bytea
xmlagg xml>xml
xmlcomment text>xml
xmlconcat2 xml;xml>xml
xmlexists text;xml>boolean
xmltext text>xml
xmlvalidate xml;text>boolean
xpath text;xml>xml[]|text;xml;text[]>xml[]
xpath_exists text;xml>boolean|text;xml;text[]>boolean
!! ?
!~ character;text>boolean|name;text>boolean|text;text>boolean
!~* character;text>boolean|name;text>boolean|text;text>boolean
!~~ bytea;bytea>boolean|character;text>boolean|name;text>boolean|text;text>boolean
!~~* character;text>boolean|name;text>boolean|text;text>boolean
# bigint;bigint>bigint|?|integer;integer>integer|smallint;smallint>smallint
## ?
#- jsonb;text[]>jsonb
#> json;text[]>json|jsonb;text[]>jsonb
#>> json;text[]>text|jsonb;text[]>text
% bigint;bigint>bigint|integer;integer>integer|numeric;numeric>numeric|smallint;smallint>smallint
& bigint;bigint>bigint|?|inet;inet>inet|integer;integer>integer|smallint;smallint>smallint
&& anyarray;anyarray>boolean|?|inet;inet>boolean
&< ?
&<| ?
&> ?
* ?|bigint;bigint>bigint|bigint;integer>bigint|bigint;money>money|bigint;smallint>bigint|double precision;double precision>double precision|double precision;interval>interval|double precision;money>money|double precision;real>double precision|integer;bigint>bigint|integer;integer>integer|integer;money>money|integer;smallint>integer|interval;double precision>interval|money;bigint>money|money;double precision>money|money;integer>money|money;real>money|money;smallint>money|numeric;numeric>numeric|real;double precision>double precision|real;money>money|real;real>real|smallint;bigint>bigint|smallint;integer>integer|smallint;money>money|smallint;smallint>smallint
*< ?
*<= ?
*<> ?
*= ?
*> ?
*>= ?
+ ?|bigint>bigint|bigint;bigint>bigint|bigint;inet>inet|bigint;integer>bigint|bigint;smallint>bigint|date;integer>date|date;interval>timestamp without time zone|date;time with time zone>timestamp with time zone|date;time without time zone>timestamp without time zone|double precision>double precision|double precision;double precision>double precision|double precision;real>double precision|inet;bigint>inet|integer>integer|integer;bigint>bigint|integer;date>date|integer;integer>integer|integer;smallint>integer|interval;date>timestamp without time zone|interval;interval>interval|interval;time with time zone>time with time zone|interval;time without time zone>time without time zone|interval;timestamp with time zone>timestamp with time zone|interval;timestamp without time zone>timestamp without time zone|money;money>money|numeric>numeric|numeric;numeric>numeric|real>real|real;double precision>double precision|real;real>real|smallint>smallint|smallint;bigint>bigint|smallint;integer>integer|smallint;smallint>smallint|time with time zone;date>timestamp with time zone|time with time zone;interval>time with time zone|time without time zone;date>timestamp without time zone|time without time zone;interval>time without time zone|timestamp with time zone;interval>timestamp with time zone|timestamp without time zone;interval>timestamp without time zone
- ?|bigint>bigint|bigint;bigint>bigint|bigint;integer>bigint|bigint;smallint>bigint|date;date>integer|date;integer>date|date;interval>timestamp without time zone|double precision>double precision|double precision;double precision>double precision|double precision;real>double precision|inet;bigint>inet|inet;inet>bigint|integer>integer|integer;bigint>bigint|integer;integer>integer|integer;smallint>integer|interval>interval|interval;interval>interval|jsonb;integer>jsonb|jsonb;text>jsonb|jsonb;text[]>jsonb|money;money>money|numeric>numeric|numeric;numeric>numeric|real>real|real;double precision>double precision|real;real>real|smallint>smallint|smallint;bigint>bigint|smallint;integer>integer|smallint;smallint>smallint|time with time zone;interval>time with time zone|time without time zone;interval>time without time zone|time without time zone;time without time zone>interval|timestamp with time zone;interval>timestamp with time zone|timestamp with time zone;timestamp with time zone>interval|timestamp without time zone;interval>timestamp without time zone|timestamp without time zone;timestamp without time zone>interval
-> json;integer>json|json;text>json|jsonb;integer>jsonb|jsonb;text>jsonb
->> json;integer>text|json;text>text|jsonb;integer>text|jsonb;text>text
-|- ?
/ bigint;bigint>bigint|bigint;integer>bigint|bigint;smallint>bigint|?|double precision;double precision>double precision|double precision;real>double precision|integer;bigint>bigint|integer;integer>integer|integer;smallint>integer|interval;double precision>interval|money;bigint>money|money;double precision>money|money;integer>money|money;money>double precision|money;real>money|money;smallint>money|numeric;numeric>numeric|real;double precision>double precision|real;real>real|smallint;bigint>bigint|smallint;integer>integer|smallint;smallint>smallint
< ?|anyarray;anyarray>boolean|bigint;bigint>boolean|bigint;integer>boolean|bigint;smallint>boolean|boolean;boolean>boolean|bytea;bytea>boolean|character;character>boolean|date;date>boolean|date;timestamp with time zone>boolean|date;timestamp without time zone>boolean|double precision;double precision>boolean|double precision;real>boolean|inet;inet>boolean|integer;bigint>boolean|integer;integer>boolean|integer;smallint>boolean|interval;interval>boolean|jsonb;jsonb>boolean|money;money>boolean|name;name>boolean|name;text>boolean|numeric;numeric>boolean|oid;oid>boolean|real;double precision>boolean|real;real>boolean|smallint;bigint>boolean|smallint;integer>boolean|smallint;smallint>boolean|text;name>boolean|text;text>boolean|time with time zone;time with time zone>boolean|time without time zone;time without time zone>boolean|timestamp with time zone;date>boolean|timestamp with time zone;timestamp with time zone>boolean|timestamp with time zone;timestamp without time zone>boolean|timestamp without time zone;date>boolean|timestamp without time zone;timestamp with time zone>boolean|timestamp without time zone;timestamp without time zone>boolean|uuid;uuid>boolean
<-> ?
<< ?|bigint;integer>bigint|inet;inet>boolean|integer;integer>integer|smallint;integer>smallint
<<= inet;inet>boolean
<<| ?
<= ?|anyarray;anyarray>boolean|bigint;bigint>boolean|bigint;integer>boolean|bigint;smallint>boolean|boolean;boolean>boolean|bytea;bytea>boolean|character;character>boolean|date;date>boolean|date;timestamp with time zone>boolean|date;timestamp without time zone>boolean|double precision;double precision>boolean|double precision;real>boolean|inet;inet>boolean|integer;bigint>boolean|integer;integer>boolean|integer;smallint>boolean|interval;interval>boolean|jsonb;jsonb>boolean|money;money>boolean|name;name>boolean|name;text>boolean|numeric;numeric>boolean|oid;oid>boolean|real;double precision>boolean|real;real>boolean|smallint;bigint>boolean|smallint;integer>boolean|smallint;smallint>boolean|text;name>boolean|text;text>boolean|time with time zone;time with time zone>boolean|time without time zone;time without time zone>boolean|timestamp with time zone;date>boolean|timestamp with time zone;timestamp with time zone>boolean|timestamp with time zone;timestamp without time zone>boolean|timestamp without time zone;date>boolean|timestamp without time zone;timestamp with time zone>boolean|timestamp without time zone;timestamp without time zone>boolean|uuid;uuid>boolean
<> ?|anyarray;anyarray>boolean|bigint;bigint>boolean|bigint;integer>boolean|bigint;smallint>boolean|boolean;boolean>boolean|bytea;bytea>boolean|character;character>boolean|date;date>boolean|date;timestamp with time zone>boolean|date;timestamp without time zone>boolean|double precision;double precision>boolean|double precision;real>boolean|inet;inet>boolean|integer;bigint>boolean|integer;integer>boolean|integer;smallint>boolean|interval;interval>boolean|jsonb;jsonb>boolean|money;money>boolean|name;name>boolean|name;text>boolean|numeric;numeric>boolean|oid;oid>boolean|real;double precision>boolean|real;real>boolean|smallint;bigint>boolean|smallint;integer>boolean|smallint;smallint>boolean|text;name>boolean|text;text>boolean|time with time zone;time with time zone>boolean|time without time zone;time without time zone>boolean|timestamp with time zone;date>boolean|timestamp with time zone;timestamp with time zone>boolean|timestamp with time zone;timestamp without time zone>boolean|timestamp without time zone;date>boolean|timestamp without time zone;timestamp with time zone>boolean|timestamp without time zone;timestamp without time zone>boolean|uuid;uuid>boolean
<@ anyarray;anyarray>boolean|?|jsonb;jsonb>boolean
<^ ?
= ?|anyarray;anyarray>boolean|bigint;bigint>boolean|bigint;integer>boolean|bigint;smallint>boolean|boolean;boolean>boolean|bytea;bytea>boolean|character;character>boolean|date;date>boolean|date;timestamp with time zone>boolean|date;timestamp without time zone>boolean|double precision;double precision>boolean|double precision;real>boolean|inet;inet>boolean|integer;bigint>boolean|integer;integer>boolean|integer;smallint>boolean|interval;interval>boolean|jsonb;jsonb>boolean|money;money>boolean|name;name>boolean|name;text>boolean|numeric;numeric>boolean|oid;oid>boolean|real;double precision>boolean|real;real>boolean|smallint;bigint>boolean|smallint;integer>boolean|smallint;smallint>boolean|text;name>boolean|text;text>boolean|time with time zone;time with time zone>boolean|time without time zone;time without time zone>boolean|timestamp with time zone;date>boolean|timestamp with time zone;timestamp with time zone>boolean|timestamp with time zone;timestamp without time zone>boolean|timestamp without time zone;date>boolean|timestamp without time zone;timestamp with time zone>boolean|timestamp without time zone;timestamp without time zone>boolean|uuid;uuid>boolean
> ?|anyarray;anyarray>boolean|bigint;bigint>boolean|bigint;integer>boolean|bigint;smallint>boolean|boolean;boolean>boolean|bytea;bytea>boolean|character;character>boolean|date;date>boolean|date;timestamp with time zone>boolean|date;timestamp without time zone>boolean|double precision;double precision>boolean|double precision;real>boolean|inet;inet>boolean|integer;bigint>boolean|integer;integer>boolean|integer;smallint>boolean|interval;interval>boolean|jsonb;jsonb>boolean|money;money>boolean|name;name>boolean|name;text>boolean|numeric;numeric>boolean|oid;oid>boolean|real;double precision>boolean|real;real>boolean|smallint;bigint>boolean|smallint;integer>boolean|smallint;smallint>boolean|text;name>boolean|text;text>boolean|time with time zone;time with time zone>boolean|time without time zone;time without time zone>boolean|timestamp with time zone;date>boolean|timestamp with time zone;timestamp with time zone>boolean|timestamp with time zone;timestamp without time zone>boolean|timestamp without time zone;date>boolean|timestamp without time zone;timestamp with time zone>boolean|timestamp without time zone;timestamp without time zone>boolean|uuid;uuid>boolean
>= ?|anyarray;anyarray>boolean|bigint;bigint>boolean|bigint;integer>boolean|bigint;smallint>boolean|boolean;boolean>boolean|bytea;bytea>boolean|character;character>boolean|date;date>boolean|date;timestamp with time zone>boolean|date;timestamp without time zone>boolean|double precision;double precision>boolean|double precision;real>boolean|inet;inet>boolean|integer;bigint>boolean|integer;integer>boolean|integer;smallint>boolean|interval;interval>boolean|jsonb;jsonb>boolean|money;money>boolean|name;name>boolean|name;text>boolean|numeric;numeric>boolean|oid;oid>boolean|real;double precision>boolean|real;real>boolean|smallint;bigint>boolean|smallint;integer>boolean|smallint;smallint>boolean|text;name>boolean|text;text>boolean|time with time zone;time with time zone>boolean|time without time zone;time without time zone>boolean|timestamp with time zone;date>boolean|timestamp with time zone;timestamp with time zone>boolean|timestamp with time zone;timestamp without time zone>boolean|timestamp without time zone;date>boolean|timestamp without time zone;timestamp with time zone>boolean|timestamp without time zone;timestamp without time zone>boolean|uuid;uuid>boolean
>> ?|bigint;integer>bigint|inet;inet>boolean|integer;integer>integer|smallint;integer>smallint
>>= inet;inet>boolean
>^ ?
? jsonb;text>boolean
?# ?
?& jsonb;text[]>boolean
?- ?
?-| ?
?| jsonb;text[]>boolean|?
?|| ?
@ bigint>bigint|double precision>double precision|integer>integer|numeric>numeric|real>real|smallint>smallint
@-@ ?
@> ?|anyarray;anyarray>boolean|jsonb;jsonb>boolean
@? ?
@@ ?|text;text>boolean
@@@ ?
^ double precision;double precision>double precision|numeric;numeric>numeric
^@ text;text>boolean
| bigint;bigint>bigint|?|inet;inet>inet|integer;integer>integer|smallint;smallint>smallint
|&> ?
|/ double precision>double precision
|>> ?
|| anycompatible;anycompatiblearray>anycompatiblearray|anycompatiblearray;anycompatible>anycompatiblearray|anycompatiblearray;anycompatiblearray>anycompatiblearray|anynonarray;text>text|?|bytea;bytea>bytea|jsonb;jsonb>jsonb|text;anynonarray>text|text;text>text
||/ double precision>double precision
~ bigint>bigint|?|character;text>boolean|inet>inet|integer>integer|name;text>boolean|smallint>smallint|text;text>boolean
~* character;text>boolean|name;text>boolean|text;text>boolean
~<=~ character;character>boolean|text;text>boolean
~<~ character;character>boolean|text;text>boolean
~= ?
~>=~ character;character>boolean|text;text>boolean
~>~ character;character>boolean|text;text>boolean
~~ bytea;bytea>boolean|character;text>boolean|name;text>boolean|text;text>boolean
~~* character;text>boolean|name;text>boolean|text;text>boolean
`;

/** Types that become others without being asked to. */
export const CASTS = `
bigint>double precision
bigint>numeric
bigint>oid
bigint>real
bigint>regclass
character>character
character>character varying
character>name
character>text
character varying>character
character varying>character varying
character varying>name
character varying>regclass
character varying>text
cidr>inet
date>timestamp with time zone
date>timestamp without time zone
integer>bigint
integer>double precision
integer>numeric
integer>oid
integer>real
integer>regclass
interval>interval
name>text
numeric>double precision
numeric>numeric
numeric>real
oid>regclass
real>double precision
regclass>oid
smallint>bigint
smallint>double precision
smallint>integer
smallint>numeric
smallint>oid
smallint>real
smallint>regclass
text>character
text>character varying
text>name
text>regclass
time with time zone>time with time zone
time without time zone>interval
time without time zone>time with time zone
time without time zone>time without time zone
timestamp with time zone>timestamp with time zone
timestamp without time zone>timestamp with time zone
timestamp without time zone>timestamp without time zone
`;
