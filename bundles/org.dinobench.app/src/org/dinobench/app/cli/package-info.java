/**
 * The command line: one class a command, each only reading options, calling a core library and printing its result.
 * Exit codes: 0 done, 1 failure, 2 bad input, 3 stopped on request.
 */
package org.dinobench.app.cli;
