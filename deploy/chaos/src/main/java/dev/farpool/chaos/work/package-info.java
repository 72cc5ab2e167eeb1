/** The programs of a run: what users of Farpool write, with a pen in hand. */
package dev.farpool.chaos.work;
