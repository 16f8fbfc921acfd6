"""Does Okra keep every answer and say everything once, whatever happens to it? `python -m tests.torture`.

A practice Slack and the bots run in processes of their own. People answer by the hundred, Friday after Friday,
while bots are killed, Slack has its troubles and the database refuses writes. In the end three things are
compared: what people did (`deeds`), what is stored (`stored`) and what they saw.

    options     what was asked for on the command line
    company     who there is: teams, owners, key results
    clock       the time that the bots, Slack and the people share
    bot         a bot's process, and those that have a promise switched off
    replicas    starts the bots, kills them, starts them again
    databases   where the bots keep things, and how it refuses to
    trouble     when what goes wrong
    watch       what people have on their screens
    sayings     an answer in words, and back
    owners      how people answer; crowd lets many of them do so at once
    friday      one Friday from the first prompt to the last late answer
    rest        whether everything has come to rest
    deeds       what people did, as answers
    stored      what is in the database
    counting, saying, showing    the comparison: what counts, what was said, what is shown; heard helps them
    run         the whole of it
"""
