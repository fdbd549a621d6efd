"""The map: vector layers and markers, offline."""
