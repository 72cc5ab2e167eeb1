/** A browser that tests drive, and a cluster that only says what it is told to. */
package dev.farpool.browser;
