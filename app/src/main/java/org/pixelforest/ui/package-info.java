/** Serves the labelling page: HTTP routes, one WebSocket, the state of the open project. */
package org.pixelforest.ui;
