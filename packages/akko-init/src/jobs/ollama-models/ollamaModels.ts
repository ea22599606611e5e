import { defineJob } from '../../core/Job';
import { waitUntilReady } from '../../core/waitUntilReady';
import { HttpClient } from '../../http/HttpClient';
import { ollamaModelsConfig } from './config';
import { fullName, listModels, OLLAMA, pullModel } from './models';

/** Pulls the models that Ollama does not have yet. */
export const ollamaModels = defineJob({
  name: 'ollama-models',
  summary: 'The models of the platform in Ollama',
  config: ollamaModelsConfig,
  async run({ config, changes, log, signal, step }) {
    const { url } = config.ollama;
    const ollama = new HttpClient({ service: OLLAMA, baseUrl: url, signal });
    const whileUnavailable = <T>(doing: string, probe: () => Promise<T>) => {
      step(`asking ${OLLAMA} at ${url} to ${doing}`);
      return waitUntilReady({
        service: OLLAMA,
        address: url,
        seconds: config.waitSeconds,
        probe,
        log,
        signal,
      });
    };

    const present = await whileUnavailable('list its models', () =>
      listModels(ollama),
    );
    for (const name of config.models) {
      const model = { kind: 'model', name };
      if (present.has(fullName(name))) {
        changes.unchanged(model);
        continue;
      }
      await changes.create(model, () =>
        // What was loaded before a failure is kept by Ollama: another try goes on where it ended.
        whileUnavailable(`pull ${name}`, () => pullModel(ollama, name, log)),
      );
    }
  },
});
