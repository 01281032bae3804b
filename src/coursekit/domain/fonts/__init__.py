"""The Chinese font of the package (SIL Open Font License, see OFL.txt), for plots and PDF.

TrueType outlines; GB 2312, ASCII, common signs and characters of names; made by `scripts/make_font.py`.
"""

from pathlib import Path

FONT_FILE = Path(__file__).parent / "NotoSansSC-Regular.ttf"
FONT_FAMILY = "Coursekit Sans SC"
