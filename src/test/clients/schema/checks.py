"""What Schemathesis is to look for beyond statuses and schemas: the inside of the process in an answer, and types that are not told."""
import schemathesis

INSIDE = ("An unexpected error occurred", "No cluster leader", "Exception", "\tat ", "dev.entente.", '"stack"')


@schemathesis.hook
def before_call(context, case, **kwargs):
    """A read that names an index waits for five minutes when nothing is said of it, and nothing changes here meanwhile."""
    if case.query and "index" in case.query:
        case.query.setdefault("wait", "1s")


@schemathesis.check
def nothing_of_the_inside(ctx, response, case):
    for text in INSIDE:
        if text in response.text:
            raise AssertionError(f"{case.method} {case.path}: {response.status_code} {response.text[:200]}")


@schemathesis.check
def known_type_of_content(ctx, response, case):
    """As the check of this name that Schemathesis has, but for answers without a body, which have no type."""
    if not response.content:
        return
    told = response.headers.get("content-type", [""])[0].split(";")[0].strip()
    responses = case.operation.definition.raw.get("responses", {})
    documented = responses.get(str(response.status_code), {})
    if "$ref" in documented:
        documented = case.operation.schema.raw_schema["components"]["responses"][documented["$ref"].rsplit("/", 1)[1]]
    if documented and told not in documented.get("content", {}):
        raise AssertionError(f"{case.method} {case.path}: {response.status_code} is {told or 'without a type'}")
