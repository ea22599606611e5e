import { badRequest } from '../store/errors';
import { qualifiedNameProblem } from '../store/validation/metadata';

interface Requirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | 'absent' | 'gt' | 'lt';
  values: string[];
}

type Labels = Record<string, string> | undefined;

const operators = 'in, notin, =, ==, !=, gt, lt';

class Parser {
  private readonly tokens: string[];
  private position = 0;

  constructor(text: string) {
    this.tokens = text.match(/==|!=|[=!,()<>]|[^\s=!,()<>]+/g) ?? [];
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    while (this.peek() !== '') {
      requirements.push(this.requirement());
      const next = this.next();
      if (next === '') {
        break;
      }
      if (next !== ',') {
        this.fail(next, "',' or 'end of string'");
      }
      if (this.peek() === '' || this.peek() === ',') {
        this.fail(this.peek(), "identifier after ','");
      }
    }
    return requirements;
  }

  private requirement(): Requirement {
    const isAbsent = this.peek() === '!';
    if (isAbsent) {
      this.next();
    }
    const key = this.identifier("!, identifier, or 'end of string'");
    const problem = qualifiedNameProblem(key);
    if (problem) {
      throw badRequest(
        `unable to parse requirement: <nil>: Invalid value: ${JSON.stringify(
          key,
        )}: ${problem}`,
      );
    }
    if (isAbsent) {
      return { key, operator: 'absent', values: [] };
    }
    const operator = this.peek();
    if (operator === '' || operator === ',') {
      return { key, operator: 'exists', values: [] };
    }
    this.next();
    switch (operator) {
      case '=':
      case '==':
        return { key, operator: 'in', values: [this.value()] };
      case '!=':
        return { key, operator: 'notin', values: [this.value()] };
      case '>':
        return { key, operator: 'gt', values: [this.value()] };
      case '<':
        return { key, operator: 'lt', values: [this.value()] };
      case 'in':
      case 'notin':
        return { key, operator, values: this.values() };
      default:
        return this.fail(operator, operators);
    }
  }

  private value(): string {
    const next = this.peek();
    return next === '' || next === ',' ? '' : this.identifier('identifier');
  }

  private values(): string[] {
    const opening = this.next();
    if (opening !== '(') {
      this.fail(opening, "'('");
    }
    const values: string[] = [];
    for (;;) {
      const next = this.next();
      if (next === ')') {
        return values.length > 0 ? values : [''];
      }
      if (next === '' || '=!('.includes(next)) {
        this.fail(next, "',', ')' or identifier");
      }
      if (next !== ',') {
        values.push(next);
      }
    }
  }

  private identifier(expected: string): string {
    const token = this.next();
    return /^[^=!,()<>]+$/.test(token) ? token : this.fail(token, expected);
  }

  private peek(): string {
    return this.tokens[this.position] ?? '';
  }

  private next(): string {
    return this.tokens[this.position++] ?? '';
  }

  private fail(found: string, expected: string): never {
    throw badRequest(
      `unable to parse requirement: found '${found}', expected: ${expected}`,
    );
  }
}

/**
 * Equality and set based selectors, as `k8s.io/apimachinery/pkg/labels`.
 * @throws StatusError BadRequest in that parser's words
 */
export function parseLabelSelector(
  text: string | null,
): (labels: Labels) => boolean {
  const requirements = text ? new Parser(text).parse() : [];
  return labels => requirements.every(each => holds(each, labels));
}

function holds({ key, operator, values }: Requirement, labels: Labels) {
  const value = labels?.[key];
  switch (operator) {
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    case 'gt':
      return value !== undefined && Number(value) > Number(values[0]);
    default:
      return value !== undefined && Number(value) < Number(values[0]);
  }
}
