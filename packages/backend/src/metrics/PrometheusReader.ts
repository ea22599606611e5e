import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import {
  AggregationTemporality,
  InstrumentType,
  MetricReader,
} from '@opentelemetry/sdk-metrics';

/** Prometheus gives up a scrape after this time unless told otherwise, in milliseconds. */
const SCRAPE_TIMEOUT = 10_000;
/** OpenTelemetry merges what is beyond 2,000 series of one metric into a single one, and a large fleet has more. */
const MOST_SERIES_PER_METRIC = 1_000_000;

/** Metrics in the text format of Prometheus, and what could not be measured. */
export interface Scrape {
  text: string;
  errors: unknown[];
}

/**
 * Reads all metrics when it is asked to. The exporter of OpenTelemetry differs from it in three ways that matter here: it goes on telling what is
 * no longer observed (a backup that is gone would be late for ever), it has the limit above, and it cannot say that its port is in use.
 */
export class PrometheusReader extends MetricReader {
  // Of the process itself nothing is told: its name and arguments are nobody's business.
  private readonly serializer = new PrometheusSerializer(
    undefined,
    false,
    undefined,
    true,
  );
  private reading?: Promise<Scrape>;

  constructor() {
    super({
      // Under "cumulative" the SDK keeps observations that are gone. For gauges "delta" means no more than: as observed now.
      aggregationTemporalitySelector: type =>
        type === InstrumentType.OBSERVABLE_GAUGE
          ? AggregationTemporality.DELTA
          : AggregationTemporality.CUMULATIVE,
      cardinalitySelector: () => MOST_SERIES_PER_METRIC,
    });
  }

  /** Those who ask at the same time get one answer: gauges that are being read are read once, and another would find none. */
  async scrape(): Promise<Scrape> {
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  protected async onForceFlush(): Promise<void> {}

  protected async onShutdown(): Promise<void> {}

  private async read(): Promise<Scrape> {
    const { resourceMetrics, errors } = await this.collect({
      timeoutMillis: SCRAPE_TIMEOUT,
    });
    return { text: this.serializer.serialize(resourceMetrics), errors };
  }
}
