from journeys.admin import channels, maps, personas

__all__ = ["channels", "maps", "personas"]
