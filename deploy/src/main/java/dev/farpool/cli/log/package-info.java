/** How log lines look: as text for people, as JSON for programs, and neither can be forged. */
package dev.farpool.cli.log;
