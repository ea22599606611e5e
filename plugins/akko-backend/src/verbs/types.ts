/** Which page of a list. */
export interface PageQuery {
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
}
