/** Times of a CronJob, as the CronJob controller computes them. */
export interface Schedule {
  /**
   * The first time strictly after a moment; undefined where the schedule never comes again (30 February). The controller looks no further
   * than the fifth year after the moment's.
   *
   * @param anchor - for `@every`, the moment from which it counts: the last schedule time, or the creation. Without it, the moment itself.
   */
  next(after: Date, anchor?: Date): Date | undefined;

  /**
   * The last time at or before a moment. For `@every` it is known only with an anchor, and is undefined until one duration has passed since.
   *
   * @param options - `since`: earlier times do not count
   */
  previous(
    atOrBefore: Date,
    options?: { anchor?: Date; since?: Date },
  ): Date | undefined;

  /** All times in (from, to], oldest first, at most `limit`, and whether there are more. */
  between(
    from: Date,
    to: Date,
    limit: number,
    anchor?: Date,
  ): { times: Date[]; more: boolean };

  /**
   * Seconds between the last time at or before a moment and the first after it; where one of them is missing, between the two times nearest
   * to the moment. Undefined where there are no two.
   */
  intervalSeconds(around: Date, anchor?: Date): number | undefined;
}
