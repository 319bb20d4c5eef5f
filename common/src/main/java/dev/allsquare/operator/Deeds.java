package dev.allsquare.operator;

/** What can be done to many, one by one. */
interface Deeds {

  boolean know(String action);

  /**
   * Does the job's action to the item, in the caller's transaction.
   *
   * @throws dev.allsquare.web.Problem when it is refused; roll back then
   */
  void perform(BulkItem item, BulkJob job);
}
