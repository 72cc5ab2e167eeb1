package dev.farpool.chaos.history;

/** What is checked, in the words of reports. */
public enum Promise {
  NOT_LOST("tasks lost"),
  DELIVERED_ONCE("tasks delivered twice"),
  RIGHT("wrong results"),
  NO_OVERLAP("attempts of a task that overlapped"),
  AT_MOST_ONCE("at-most-once tasks started twice"),
  SLOTS("slots oversubscribed"),
  NO_AFTERLIFE("tasks begun after their client was gone"),
  KNOWN("tasks run that nobody submitted"),
  CLEAN("processes or namespaces left behind"),
  LIVE("waits that did not end in time");

  private final String text;

  Promise(String text) {
    this.text = text;
  }

  /** What a violation of it is called, in the plural. */
  public String text() {
    return text;
  }
}
