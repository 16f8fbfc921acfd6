"""The practice workspace in a browser: served on loopback, drawn on the server, brought up to date live.

`scene` gathers what one person sees at one place, `drawing` turns that into HTML by the templates, `routes`
serves it. What people do on the page goes over the control interface, like everything else that acts for
people.
"""
