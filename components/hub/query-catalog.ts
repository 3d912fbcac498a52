import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Where tables and queries of logs belong. */
export interface QueryPlace {
  /** Name of the Glue database. */
  readonly database: pulumi.Input<string>;
  /** ID of the Athena workgroup. */
  readonly workgroup: pulumi.Input<string>;
}

/** A query of logs for troubleshooting. */
export interface SavedQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** Saves queries in the Athena workgroup. */
export function saveQueries(
  name: string,
  { database, workgroup }: QueryPlace,
  queries: readonly SavedQuery[],
  opts: pulumi.CustomResourceOptions,
): void {
  for (const query of queries) {
    new aws.athena.NamedQuery(
      `${name}-${query.name}`,
      { name: query.name, description: query.description, database, workgroup, query: query.sql },
      opts,
    );
  }
}

/** Parameters of a table whose partitions are hours, `2026/11/24/09`, as far back as logs are kept. */
export const hourPartitions = (retentionDays: number): Readonly<Record<string, string>> => ({
  "projection.hour.type": "date",
  "projection.hour.format": "yyyy/MM/dd/HH",
  "projection.hour.range": `NOW-${String(retentionDays)}DAYS,NOW`,
  "projection.hour.interval": "1",
  "projection.hour.interval.unit": "HOURS",
});

/** Condition on these partitions. */
export const LAST_DAY = "hour >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')";

/**
 * Storage of a table that reads Parquet files. Athena finds a column by its name, so that a file may have more fields, or
 * fewer, which are then null (Athena User Guide, "Handling schema updates", index access in ORC and Parquet).
 */
export function parquetStorage(
  location: pulumi.Input<string>,
  columns: aws.types.input.glue.CatalogTableStorageDescriptor["columns"],
): aws.types.input.glue.CatalogTableStorageDescriptor {
  return {
    location,
    inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
    serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
    columns,
  };
}
