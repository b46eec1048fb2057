"""The engine on an OpenSearch cluster: the server finds candidates, what decides between them is read here."""
