import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import {
  AggregationTemporality,
  InstrumentType,
  MeterProvider,
  MetricReader,
} from '@opentelemetry/sdk-metrics';

class Reader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}

  protected async onShutdown(): Promise<void> {}
}

/** What is measured, in the words that Prometheus gets. */
export class PrometheusPage {
  private readonly reader: Reader;
  private readonly provider: MeterProvider;
  private readonly serializer = new PrometheusSerializer(
    undefined,
    false,
    undefined,
    true,
    true,
  );

  /** @param gauges - `CUMULATIVE` as the exporter of OpenTelemetry has it, which keeps what is no longer observed */
  constructor(gauges = AggregationTemporality.DELTA) {
    this.reader = new Reader({
      aggregationTemporalitySelector: type =>
        type === InstrumentType.OBSERVABLE_GAUGE
          ? gauges
          : AggregationTemporality.CUMULATIVE,
      cardinalitySelector: () => 1_000_000,
    });
    this.provider = new MeterProvider({ readers: [this.reader] });
  }

  get metrics(): MetricsService {
    return this.provider.getMeter('test');
  }

  async text(): Promise<string> {
    const { resourceMetrics, errors } = await this.reader.collect();
    if (errors.length > 0) {
      throw errors[0];
    }
    return this.serializer.serialize(resourceMetrics);
  }

  /** Values of a metric by their labels; those in `without` are left out. */
  async series(
    name: string,
    without: readonly string[] = [],
  ): Promise<Record<string, number>> {
    const lines = (await this.text())
      .split('\n')
      .filter(line => line.startsWith(`${name}{`));
    return Object.fromEntries(
      lines.map(line => {
        const [, labels, value] = /^\w+\{(.*)\} (\S+)$/.exec(line)!;
        const kept = labels
          .split(',')
          .filter(label => !without.includes(label.split('=')[0]));
        return [kept.join(','), Number(value)];
      }),
    );
  }
}
