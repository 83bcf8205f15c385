/* Forms of the sign-in tell in which time zone this browser is: who has chosen none begins with it. */
for (const field of document.querySelectorAll("input[data-zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
