import { z } from 'zod';
import { baseUrl, commonConfig } from '../../core/loadConfig';

/** Configuration of `ollama-models`. */
export const ollamaModelsConfig = z.strictObject({
  ...commonConfig,
  ollama: z.strictObject({ url: baseUrl }),
  /** Names as `ollama pull` takes them: `qwen2.5:3b`. */
  models: z.array(z.string().min(1)),
});

/** See {@link ollamaModelsConfig}. */
export type OllamaModelsConfig = z.output<typeof ollamaModelsConfig>;
