/** What happened in a run, line by line, and the checks of it. Pure but for {@link HistoryFile}. */
package dev.farpool.chaos.history;
