/** Documents made of the command line's own model, so that they say what it does. */
package dev.farpool.cli.docs;
