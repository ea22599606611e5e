/*
 * Parts of the functions' bodies, in Python. Each body stands alone, so that a person can read and replace one.
 */

/**
 * `ask(path, model, **body)`: the service's answer, or None after a WARNING. Whatever goes wrong, the key stands in no message: only texts that cannot
 * hold it are told, and the service's own words with the key taken out. The key goes to the address of the settings alone: redirects are not followed.
 * Settings are read each time, so that a new key counts at once.
 * @param settings - the table of the settings, as SQL takes it
 */
export function askPart(settings: string): string {
  return String.raw`
import json, urllib.error, urllib.request

class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None

def warn(reason):
    plpy.warning("%s: the language model service %s" % (NAME, reason))

def words_of(error, key):
    try:
        words = json.loads(error.read(65536))["error"]["message"]
        return ": " + " ".join(words.replace(key, "***").split())[:200]
    except Exception:
        return ""

def ask(path, model, **body):
    stored = {row["name"]: row["value"] for row in plpy.execute('SELECT name, value FROM ${settings}')}
    key = stored.get("key", "")
    try:
        seconds = float(stored["timeout_seconds"])
        request = urllib.request.Request(
            stored["url"] + path,
            json.dumps({"model": stored[model], **body}).encode(),
            {"Authorization": "Bearer " + key, "Content-Type": "application/json"},
        )
        with urllib.request.build_opener(NoRedirect).open(request, timeout=seconds) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        # What is said of a key that was refused may tell parts of it.
        warn("answered %d%s" % (error.code, "" if error.code in (401, 403) else words_of(error, key)))
    except OSError as error:
        reason = getattr(error, "reason", error)
        warn("did not answer within %g s" % seconds if isinstance(reason, TimeoutError) else "could not be reached: %s" % reason)
    except Exception as error:
        warn("could not be asked: %s" % type(error).__name__)
    return None
`;
}

/** `chat(model, task, text)`: the model's answer, or None after a WARNING. The text goes as the user's words, never among the instructions. */
export const CHAT_PART = String.raw`
def chat(model, task, text):
    answer = ask("/chat/completions", model, temperature=0, messages=[
        {"role": "system", "content": task},
        {"role": "user", "content": text},
    ])
    if answer is None:
        return None
    try:
        content = answer["choices"][0]["message"]["content"]
        # What PostgreSQL cannot store.
        return content.encode("utf-8", "replace").decode().replace("\0", "").strip()
    except Exception:
        warn("gave no answer")
        return None
`;

/** `choose(answer, labels)`: the one label that the answer names, or None after a WARNING. */
export const CHOOSE_PART = String.raw`
import re

def choose(answer, labels):
    if answer is None:
        return None
    named = [label for label in labels if re.search(r"(?<!\w)%s(?!\w)" % re.escape(label), answer, re.IGNORECASE)]
    # "card" does not count where "card fraud" is meant.
    named = [label for label in named if not any(label != other and label.lower() in other.lower() for other in named)]
    if len(named) == 1:
        return named[0]
    warn("named none of the choices" if not named else "named several of the choices")
    return None
`;

/** `embed(texts)`: one list of numbers for each text, or None after a WARNING. */
export const EMBED_PART = String.raw`
def embed(texts):
    answer = ask("/embeddings", "embedding_model", input=texts, encoding_format="float")
    if answer is None:
        return None
    try:
        vectors = [[float(number) for number in item["embedding"]] for item in sorted(answer["data"], key=lambda item: item["index"])]
        if len(vectors) == len(texts) and all(vectors):
            return vectors
    except Exception:
        pass
    warn("gave no embedding")
    return None
`;
