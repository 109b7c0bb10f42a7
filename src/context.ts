import {
  type CdrErrorCode,
  type CdrFormat,
  type CdrIssue,
  type CdrIssueCode,
  CdrParseError,
  createIssue,
  MAX_ISSUES,
} from './errors.js';
import { DEFAULT_LIMITS, type Limits, type ResolvedLimits } from './limits.js';

/** The charset of a body, and how it was determined. */
export interface Charset {
  /** In the spelling of the Encoding Standard: `utf-8`, `windows-1255`. */
  name: string;
  /** `bytes`: shown by the bytes themselves. `default`: only ASCII, and UTF-8 was not declared. */
  source: 'bom' | 'bytes' | 'content-type' | 'declaration' | 'guess' | 'default';
}

/** How many nodes can be read in the time that one error takes to create and catch. */
const NODES_PER_ERROR = 30;

/** Shared by all steps of one parse: the limits, the nodes counted so far, and the issues. */
export class ParseContext {
  /** The format of the body; null until it is known. */
  format: CdrFormat | null = null;
  /** The charsets that the content type and the XML declaration name, in this order. */
  declaredCharsets: readonly Charset[] = [];
  /** The charset of the body, or of a form's percent-encoded bytes; null if not determined. */
  charset: Charset | null = null;

  constructor(
    readonly limits: ResolvedLimits = DEFAULT_LIMITS,
    readonly issues: CdrIssue[] = [],
    private readonly count = { nodes: 0 },
  ) {}

  /** A context for one record of the body. Its list of issues starts with those of the body. */
  forRecord(): ParseContext {
    const context = new ParseContext(this.limits, [...this.issues], this.count);
    context.format = this.format;
    return context;
  }

  /** Adds an issue. After the first hundred, adds only one that says that there are more. */
  addIssue(
    path: CdrIssue['path'],
    code: CdrIssueCode,
    message: string,
    ...received: [unknown?]
  ): void {
    if (this.issues.length < MAX_ISSUES) {
      this.issues.push(createIssue(path, code, message, ...received));
    } else if (this.issues.length === MAX_ISSUES) {
      this.issues.push(
        createIssue([], 'more_issues', `only the first ${MAX_ISSUES} issues are listed`),
      );
    }
  }

  /** Adds an issue for a repeated key. The last value counts in every format, as in JSON.parse. */
  addDuplicate(path: CdrIssue['path']): void {
    this.addIssue(path, 'duplicate_field', 'given more than once; the last one counts');
  }

  /** How many more nodes the body may have. */
  get nodesLeft(): number {
    return this.limits.maxNodes - this.count.nodes;
  }

  /**
   * Counts nodes against the limit of the whole body.
   *
   * @throws CdrParseError `too_large`
   */
  countNodes(nodes: number): void {
    if (nodes > this.nodesLeft) throw this.limitError('maxNodes');
    this.count.nodes += nodes;
  }

  /**
   * Counts an error that was caught along the way. It takes as long as many nodes, and a body can
   * hold an unreadable text in every four bytes.
   *
   * @throws CdrParseError `too_large` if no nodes are left
   */
  countError(): void {
    if (this.nodesLeft <= 0) throw this.limitError('maxNodes');
    this.count.nodes += Math.min(NODES_PER_ERROR, this.nodesLeft);
  }

  /** The error for a body that exceeds a limit. */
  limitError(limit: keyof Limits): CdrParseError {
    return this.error('too_large', this.limitMessage(limit));
  }

  /** The message of that error. */
  limitMessage(limit: keyof Limits): string {
    return `The body is over the limit ${limit} (${this.limits[limit]})`;
  }

  /** An error about the body as a whole. */
  error(code: CdrErrorCode, message: string): CdrParseError {
    return new CdrParseError(code, this.format, [{ path: [], code, message }]);
  }
}
