import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { PrometheusReader } from './PrometheusReader';

describe('PrometheusReader', () => {
  function setUp() {
    const reader = new PrometheusReader();
    const meter = new MeterProvider({ readers: [reader] }).getMeter('plugin');
    const samples = async () =>
      (await reader.scrape()).text
        .split('\n')
        .filter(line => line && !line.startsWith('#'))
        .map(line => line.replace(',otel_scope_name="plugin"', ''));
    return { reader, meter, samples };
  }

  it('forgets what is no longer observed, and keeps what was counted', async () => {
    const { meter, samples } = setUp();
    let observed = ['a', 'b'];
    meter
      .createObservableGauge('age')
      .addCallback(result =>
        observed.forEach(name => result.observe(1, { name })),
      );
    const counter = meter.createCounter('ends');
    counter.add(2, { name: 'a' });
    expect(await samples()).toEqual([
      'age{name="a"} 1',
      'age{name="b"} 1',
      'ends_total{name="a"} 2',
    ]);

    observed = ['b'];
    expect(await samples()).toEqual([
      'age{name="b"} 1',
      'ends_total{name="a"} 2',
    ]);
  });

  it('has every series of a large fleet', async () => {
    const { meter, samples } = setUp();
    meter.createObservableGauge('age').addCallback(result => {
      for (let name = 0; name < 5000; name++) {
        result.observe(1, { name });
      }
    });

    const all = await samples();
    expect(all).toHaveLength(5000);
    expect(all.join()).not.toContain('overflow');
  });

  it('answers all who ask at once, from one reading', async () => {
    const { meter, samples } = setUp();
    const callback = jest.fn(async result => {
      await new Promise(setImmediate);
      result.observe(1, { name: 'a' });
    });
    meter.createObservableGauge('age').addCallback(callback);

    const answers = await Promise.all([samples(), samples(), samples()]);
    expect(answers).toEqual(Array(3).fill(['age{name="a"} 1']));
    expect(callback).toHaveBeenCalledTimes(1);
    expect(await samples()).toEqual(['age{name="a"} 1']);
  });

  it('tells what there is when something else could not be measured', async () => {
    const { meter, reader } = setUp();
    meter.createObservableGauge('broken').addCallback(() => {
      throw new Error('no number today');
    });
    meter.createCounter('ends').add(1);

    const { text, errors } = await reader.scrape();
    expect(text).toMatch(/^ends_total\{.*\} 1$/m);
    expect(errors.map(String)).toEqual(['Error: no number today']);
  });

  it('tells nothing of the process', async () => {
    const { meter, reader } = setUp();
    meter.createCounter('ends').add(1);

    const { text } = await reader.scrape();
    expect(text).not.toContain('target_info');
    expect(text).not.toContain('node');
  });
});
