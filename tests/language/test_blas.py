"""NumPy's linear algebra keeps to one thread while a document is read, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from dragoman.language.blas import one_thread


def threads() -> set[int]:
    return {lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"}


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    with threadpool_limits(limits=2, user_api="blas"):
        if threads() != {2}:
            pytest.skip("NumPy's linear algebra has no threads here")
        yield


def test_one_thread_inside_and_those_before_afterwards() -> None:
    with one_thread():
        assert threads() == {1}
        with one_thread():
            assert threads() == {1}
        assert threads() == {1}
    assert threads() == {2}


def test_what_was_set_comes_back_after_an_error() -> None:
    with pytest.raises(ValueError, match="within"), one_thread():
        raise ValueError("within")
    assert threads() == {2}


def test_the_limit_holds_until_the_last_document_is_read() -> None:
    begun = Barrier(2)

    def read(again: bool) -> set[int]:
        with one_thread():
            begun.wait(10)
            if again:
                with one_thread():
                    return threads()
            return threads()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(read, (False, True))) == [{1}, {1}]
    assert threads() == {2}
