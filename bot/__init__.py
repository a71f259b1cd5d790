"""The bot: understanding and dialogue on Rasa. Importing it makes `import rasa` work
(`bot/rasa_compat.py`).
"""

from bot.rasa_compat import smooth

smooth()
