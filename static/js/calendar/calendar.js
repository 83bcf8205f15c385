/* The calendar: moving by mouse, touch and keyboard, the panel, keys. */
import "./drag.js";
import "./carry.js";
import "./keys.js";
import "./panel.js";
import "./swap.js";
import "./tactics.js";
