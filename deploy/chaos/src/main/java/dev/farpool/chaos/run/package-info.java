/** The chaos run: its processes, what is done to them, and what is said of it in the end. */
package dev.farpool.chaos.run;
