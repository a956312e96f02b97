/** Raw image to prepared stack: channels chosen, mean channel, upscaling, crops. */
package org.pixelforest.prepare;
