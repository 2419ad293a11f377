{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at_time', batch_size='day') }}
select 1 as id, timestamp '2024-01-01 12:00' as at_time
