"""Give the index to LangChain: a retriever whose documents are passages. The only LangChain file of this room."""

from datetime import date

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from index.passage import Kind
from index.search import Hit, Index


class PolicyRetriever(BaseRetriever):
    """Finds passages of the open index; filters fail closed, as in :meth:`Index.search`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index = Field(exclude=True)
    limit: int = Field(default=10, ge=1)
    kinds: frozenset[Kind] | None = frozenset({Kind.TEXT})
    documents: frozenset[str] | None = None
    tier: str | None = None
    valid_on: date | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        hits = self.index.search(
            query,
            limit=self.limit,
            kinds=self.kinds,
            documents=self.documents,
            tier=self.tier,
            valid_on=self.valid_on,
        )
        return [to_document(hit) for hit in hits]


def to_document(hit: Hit) -> Document:
    """Return a hit as LangChain's document: the passage's words, its key as id, what it is as metadata."""
    passage = hit.passage
    return Document(
        id=passage.key,
        page_content=passage.text,
        metadata={
            "kind": passage.kind.value,
            "document": passage.document,
            "provisions": list(passage.provisions),
            "heading": passage.heading,
            "score": hit.score,
            "dense": hit.dense,
            "lexical": hit.lexical,
        },
    )
