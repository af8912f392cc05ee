"""stub"""
PART = "config.xml"
def document(intent): return "<data/>\n"
def drain_document(intent): return "<data/>\n"
def origins(intent): return {}
