/** Reading, writing and resizing images. */
package org.dinobench.imaging;
