"""Make a course pack of provisions: who is taught, for how long and from what, and all that is printed for it.

``choice`` says what was chosen (``audience`` what is taken by default), ``pack`` makes the sessions of it (``timetable``
gives each its time), ``quiz`` the questions, ``sources`` the list of what it all rests on. ``revision`` takes out what a
trainer struck and puts in what a trainer wrote, checked like everything else. ``papers`` and ``slides`` set the pack as
plain data, ``files`` makes office files of that. The same choices make the same pack.
"""
