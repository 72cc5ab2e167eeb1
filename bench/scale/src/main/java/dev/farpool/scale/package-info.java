/** Measures what one coordinator bears: workers, starts, and tasks that wait. */
package dev.farpool.scale;
