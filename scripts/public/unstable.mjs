// Columns that dbt itself does not build the same twice from the same data, beyond those the records name. They were found by
// running dbt several times; everything else about their tables (rows, types, the other columns) is compared.

/** Sums of doubles depend on the order in which threads add up, `row_number` on which of equals comes first. */
const differsFromRunToRun = {
  'dbt-synthea': {
    'dbt_synthea_dev.int__visit_detail': ['visit_occurrence_id'],
    'dbt_synthea_dev.int__visits': ['visit_occurrence_id'],
    'dbt_synthea_dev.visit_detail': ['visit_occurrence_id'],
    'dbt_synthea_dev.visit_occurrence': ['visit_occurrence_id'],
  },
  'dbt-synthea_pg': {
    'dbt_synthea_dev.int__visit_detail': ['visit_occurrence_id'],
    'dbt_synthea_dev.int__visits': ['visit_occurrence_id'],
    'dbt_synthea_dev.payer_plan_period': ['payer_plan_period_id'],
    'dbt_synthea_dev.visit_detail': ['visit_occurrence_id'],
    'dbt_synthea_dev.visit_occurrence': ['visit_occurrence_id'],
  },
  olist: {
    'main.int_payments__order_level': ['payment_value_total'],
    'main.fct_orders': ['payment_value_total'],
    'main.int_customers__order_metrics': ['revenue_total'],
    'main.int_customers_unique__order_metrics': ['revenue_total'],
    'main.dim_customers': ['revenue_total'],
    'main.dim_customers_unique': ['revenue_total', 'primary_zip_code_prefix', 'primary_city', 'primary_state'],
    'main.mrt_kpi_daily_orders': ['revenue_total'],
    'main.mrt_kpi_revenue_by_state_daily': ['revenue_total'],
  },
};

/** What the record calls unstable, with what is added here. */
export function unstableTables(project, recorded = {}) {
  const all = { ...recorded };
  for (const [table, columns] of Object.entries(differsFromRunToRun[project] ?? {})) {
    all[table] = { ...all[table], columns: [...(all[table]?.columns ?? []), ...columns] };
  }
  return all;
}
