/* The map's page: each import attaches one behavior. */
import "./panel.js";
import "./carry.js";
import "./keys.js";
import "./drag.js";
import "./present.js";
