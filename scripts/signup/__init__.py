"""The newsletter signup service: its own small house beside the portal.

It speaks listmonk's public form contract (`POST /subscription/form`), asks by
mail before it believes an address, and can be replaced by a real listmonk with
one line of configuration. Rooms, from the ground up:

settings, addresses, limits, tokens, words   values in, values out
schema, people, mailbag                      what is in the database
database                                     the one thread that writes to it
mails, transport, outbox                     what leaves by mail
intake, pages, doors, preview, app           what comes in by HTTP
export, backup, cli                          what an operator does
"""
