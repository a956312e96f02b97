/** The command line: options in, library calls, messages out. No numbers are made here. */
package org.pixelforest.cli;
